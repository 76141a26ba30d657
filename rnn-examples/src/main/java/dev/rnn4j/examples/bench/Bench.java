package dev.rnn4j.examples.bench;

import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
    name = "bench",
    description = "benchmarks",
    subcommands = {})
public final class Bench implements Runnable {
  @Override
  public void run() {}
}
