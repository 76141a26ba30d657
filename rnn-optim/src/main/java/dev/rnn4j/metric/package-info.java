/**
 * Metrics: numbers that judge predictions, computed on the host from batch to batch. {@link
 * dev.rnn4j.metric.Metrics} has them; {@link dev.rnn4j.metric.ConfusionMatrix} counts classes.
 */
package dev.rnn4j.metric;
