/** Document 001: a cell with two weights learns to count the ones in a sequence. */
package dev.rnn4j.examples.counting;
