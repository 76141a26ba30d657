/** Scalers: fitted on some rows, applied to all, and undone again. */
package dev.rnn4j.scale;
