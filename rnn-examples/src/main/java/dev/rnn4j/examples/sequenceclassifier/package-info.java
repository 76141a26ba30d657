/** Classes of sequences of numbers, from a table of your own or of six control charts. */
package dev.rnn4j.examples.sequenceclassifier;
