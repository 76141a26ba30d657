package dev.rnn4j.graph;

import java.util.Optional;

/**
 * The copies of one line of a cell, one for each time step: nodes that differ only in t. A node
 * outside any unrolled loop is a family of its own. The compiler works on families; it treats
 * membership as a hint and checks it.
 */
public final class Family {
  private final String label;
  private final StackTraceElement line;

  Family(String label, StackTraceElement line) {
    this.label = label;
    this.line = line;
  }

  /** Returns path and op, {@code rnn.cell.forget/matmul}, as errors and dumps show them. */
  public String label() {
    return label;
  }

  /** Returns the line of user code that built the first member, where it is known. */
  public Optional<StackTraceElement> line() {
    return Optional.ofNullable(line);
  }

  @Override
  public String toString() {
    return label;
  }
}
