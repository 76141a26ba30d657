/**
 * Forecasts the next value of a column of a table: windows without leakage, a network chosen on
 * validation rows, honest comparison on unseen ones, and a model to keep.
 */
package dev.rnn4j.examples.forecast;
