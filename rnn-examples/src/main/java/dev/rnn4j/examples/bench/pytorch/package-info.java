/** PyTorch as a Python has it, which runs beside the benchmark and is asked through pipes. */
package dev.rnn4j.examples.bench.pytorch;
