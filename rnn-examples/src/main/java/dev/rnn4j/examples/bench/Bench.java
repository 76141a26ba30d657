package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.cli.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The benchmarks, each a command of its own. */
@Command(
    name = "bench",
    description = "benchmarks; bench NAME [--report FILE]",
    synopsisSubcommandLabel = "NAME [options]",
    subcommands = {
      Updates.class,
      Gemm.class,
      OwnProducts.class,
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
  @Mixin private HelpOption help;
}
