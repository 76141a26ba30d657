/** Document 003: the forward pass of a simple recurrent network, and the backward pass it lacks. */
package dev.rnn4j.examples.simplernn;
