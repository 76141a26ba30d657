package dev.rnn4j.examples.cli;

import picocli.CommandLine.Option;

/** The option that says on how many sequences a trained network is tested. */
public final class Tested {
  @Option(
      names = "--tested",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description = "how many fresh sequences what was learned is tried on, for each seed")
  private Integer tested;

  /** Returns the number that was asked for, or the usual one. */
  public int orUsual(int usual) {
    return tested == null ? usual : tested;
  }
}
