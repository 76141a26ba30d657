/**
 * How parts of a training are written as named tensors and read again: records as {@code Columns},
 * several parts as one ({@code Parts}). Knows nothing of what they mean.
 */
package dev.rnn4j.train.internal.saved;
