/** The data that come with the examples. */
package dev.rnn4j.examples.dataset;
