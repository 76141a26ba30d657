/** Windows over a table: sets of indices that never cross its end, a gap, or a series. */
package dev.rnn4j.window;
