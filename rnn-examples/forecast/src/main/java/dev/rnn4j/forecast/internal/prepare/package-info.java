/** From a table to what a network reads: the columns that a task adds, and how they are scaled. */
package dev.rnn4j.forecast.internal.prepare;
