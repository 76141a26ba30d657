/** Optimizers, schedules, clipping and training. */
module dev.rnn4j.optim {
  requires com.google.common;
  requires de.siegmar.fastcsv;
  requires transitive dev.rnn4j.autograd;
  requires static java.desktop;
  requires static me.tongfei.progressbar;
  requires static org.knowm.xchart;

  exports dev.rnn4j.checkpoint;
  exports dev.rnn4j.clip;
  exports dev.rnn4j.metric;
  exports dev.rnn4j.optimizer;
  exports dev.rnn4j.report;
  exports dev.rnn4j.schedule;
  exports dev.rnn4j.train;
}
