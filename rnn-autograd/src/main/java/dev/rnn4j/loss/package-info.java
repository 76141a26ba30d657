/** Losses: one number from a prediction and its target. */
package dev.rnn4j.loss;
