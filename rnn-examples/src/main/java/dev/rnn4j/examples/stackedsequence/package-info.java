/** Document 002, first half: two networks of two recurrent layers each learn one short series. */
package dev.rnn4j.examples.stackedsequence;
