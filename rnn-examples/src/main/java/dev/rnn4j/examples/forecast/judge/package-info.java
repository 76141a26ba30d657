/** How good a model and its baselines are on rows that they have not seen. */
package dev.rnn4j.examples.forecast.judge;
