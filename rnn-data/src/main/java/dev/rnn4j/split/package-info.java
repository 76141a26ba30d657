/** Splits in time order: training, validation and test, and rolling-origin backtests. */
package dev.rnn4j.split;
