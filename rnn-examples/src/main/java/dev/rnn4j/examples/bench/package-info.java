/** Benchmarks, run from the jar: what is compared runs in turns, and medians are told. */
package dev.rnn4j.examples.bench;
