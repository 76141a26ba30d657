/**
 * From a table to windows: the columns that a task adds, where the table is cut in time, and how
 * numbers are scaled by what lies before the cut.
 */
package dev.rnn4j.examples.forecast.prepare;
