/**
 * Forecasts the next values of columns of a table: windows without leakage, a model chosen on known
 * rows, honest comparison on unseen ones, and a model to keep. What the model is, and how it
 * forecasts, is in the module {@code dev.rnn4j.forecast}. The command and its options are here; the
 * rooms beside it build on each other in this order: {@code prepare}, {@code method}, {@code
 * choose}, {@code judge}, {@code report}, {@code page}.
 */
package dev.rnn4j.examples.forecast;
