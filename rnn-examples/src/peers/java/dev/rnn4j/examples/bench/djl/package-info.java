/** Libtorch, through DJL: built with the profile peers only. */
package dev.rnn4j.examples.bench.djl;
