/**
 * Tables of named columns with their dates, and what is done to them before windows are cut:
 * filling gaps, calendar features. Every error names the source, the line and the column.
 */
package dev.rnn4j.table;
