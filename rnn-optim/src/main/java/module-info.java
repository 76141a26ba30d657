/** Optimizers, schedules, clipping and training. */
module dev.rnn4j.optim {
  requires com.google.common;
  requires transitive dev.rnn4j.autograd;

  exports dev.rnn4j.clip;
  exports dev.rnn4j.optimizer;
  exports dev.rnn4j.schedule;
  exports dev.rnn4j.train;
}
