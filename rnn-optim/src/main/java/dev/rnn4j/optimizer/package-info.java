/** Optimizers: rules from value and gradient to the new value, written as graph. */
package dev.rnn4j.optimizer;
