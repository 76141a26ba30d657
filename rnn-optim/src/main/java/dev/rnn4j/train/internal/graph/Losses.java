package dev.rnn4j.train.internal.graph;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.loss.LossSum;

/**
 * Losses by name, and other nodes to be read after a run: what is inside of an {@code Outcome}.
 *
 * @param losses in the order in which they were given
 * @param outputs the other nodes
 */
public record Losses(ImmutableMap<String, Losses.Term> losses, ImmutableMap<String, Node> outputs) {
  /**
   * One loss.
   *
   * @param sum the loss, as sum and weight
   * @param factor how much it counts beside the others
   */
  public record Term(LossSum sum, double factor) {}
}
