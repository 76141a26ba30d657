/** Document 000: how much fish the cat will eat tomorrow. */
package dev.rnn4j.examples.catfish;
