package dev.rnn4j.examples.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmarks, each a command of its own. */
@Command(
    name = "bench",
    description = "benchmarks; bench NAME [--report FILE]",
    synopsisSubcommandLabel = "NAME [options]",
    subcommands = {
      Updates.class,
      Gemm.class,
      KernelBenchmarks.class,
      Cells.class,
      OptimizerCost.class,
      TeamBenchmark.class,
      Source.class,
      Stream.class,
      Start.class,
      Compile.class,
      Budget.class,
      Peers.class,
      SpeedPlot.class
    })
public final class Bench {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;
}
