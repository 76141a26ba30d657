package dev.rnn4j.examples.cli;

import picocli.CommandLine.Option;

/** The option that shows the options. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean asked;
}
