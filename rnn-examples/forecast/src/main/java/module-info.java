/** Loads forecasts that the command {@code forecast} saved, and says what comes next. */
module dev.rnn4j.forecast {
  requires com.google.common;
  requires dev.rnn4j.optim;
  requires transitive dev.rnn4j.data;

  exports dev.rnn4j.forecast;

  // Its records are read for their parameters.
  opens dev.rnn4j.forecast.internal.network to
      dev.rnn4j.autograd;
}
