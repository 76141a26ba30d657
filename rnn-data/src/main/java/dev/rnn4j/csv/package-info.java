/** Reading CSV: files and streams become a {@link dev.rnn4j.table.Table}. */
package dev.rnn4j.csv;
