/** Examples gathered into time-major batches {@code [T, N, I]}, and one-hot encoding. */
package dev.rnn4j.batch;
