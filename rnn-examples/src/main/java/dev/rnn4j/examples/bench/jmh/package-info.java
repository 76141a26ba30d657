/** Benchmarks of single kernels, which JMH runs in JVMs of their own: {@code bench kernels}. */
package dev.rnn4j.examples.bench.jmh;
