/** Document 004: a recurrent network that tells sequences of two classes apart. */
package dev.rnn4j.examples.classifier;
