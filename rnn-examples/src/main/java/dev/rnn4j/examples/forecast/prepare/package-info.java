/**
 * From a table to windows to learn from and windows to forecast: where it is cut in time, and the
 * parts on both sides of a cut.
 */
package dev.rnn4j.examples.forecast.prepare;
