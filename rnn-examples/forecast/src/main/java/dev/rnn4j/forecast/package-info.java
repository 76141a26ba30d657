/**
 * Saved forecasts: a {@link dev.rnn4j.forecast.Forecaster} reads a model that the command {@code
 * forecast} wrote, and says what follows the last row of a table.
 */
package dev.rnn4j.forecast;
