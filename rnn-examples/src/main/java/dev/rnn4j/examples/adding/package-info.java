/** Two marked numbers of a hundred, and their sum. */
package dev.rnn4j.examples.adding;
