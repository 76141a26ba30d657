/**
 * What learns to forecast: the linear model, the networks that correct it, and the baselines that
 * both have to be better than.
 */
package dev.rnn4j.examples.forecast.method;
