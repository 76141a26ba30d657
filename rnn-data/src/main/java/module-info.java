/** From tables, sequences and texts to batches: CSV, scaling, windows, splits. */
module dev.rnn4j.data {
  requires transitive dev.rnn4j.core;
  requires com.google.common;

  exports dev.rnn4j.batch;
  exports dev.rnn4j.csv;
  exports dev.rnn4j.scale;
  exports dev.rnn4j.split;
  exports dev.rnn4j.table;
  exports dev.rnn4j.text;
  exports dev.rnn4j.window;
}
