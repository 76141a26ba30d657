package dev.rnn4j.cut;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A graph that was built for a segment of some length.
 *
 * @param steps the length
 * @param roots what is asked for
 * @param sequences the inputs {@code [T, N, ...]}
 * @param begins the states that the segment begins with: each a choice between what the sequence
 *     begins with, as the second operand, and an input
 */
public record Traced(int steps, List<Node> roots, Set<Node> sequences, Set<Node> begins) {
  /** Creates the graph from copies. */
  public static Traced of(
      int steps,
      Collection<? extends Node> roots,
      Collection<? extends Node> sequences,
      Collection<? extends Node> begins) {
    return new Traced(
        steps,
        ImmutableList.copyOf(roots),
        ImmutableSet.copyOf(sequences),
        ImmutableSet.copyOf(begins));
  }
}
