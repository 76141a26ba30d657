/** The networks that correct a linear model, and what they forecast. */
package dev.rnn4j.forecast.internal.network;
