/** Forecasts with quantiles, and how wide their intervals have to be to hold what they say. */
package dev.rnn4j.forecast.internal.quantile;
