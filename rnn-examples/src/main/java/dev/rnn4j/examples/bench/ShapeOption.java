package dev.rnn4j.examples.bench;

import java.util.List;
import picocli.CommandLine.Option;

/** The option that says for which sizes to measure. */
final class ShapeOption {
  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of a batch and its layer")
  private List<Sizes> asked = List.of();

  /** Returns whether sizes are asked for. */
  boolean isGiven() {
    return !asked.isEmpty();
  }

  /** Returns the sizes that are asked for, or the usual ones. */
  List<Sizes> orElse(List<Sizes> usual) {
    return isGiven() ? asked : usual;
  }
}
