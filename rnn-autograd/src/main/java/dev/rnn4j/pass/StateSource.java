package dev.rnn4j.pass;

import dev.rnn4j.graph.Node;

/** Gives the states to begin with where sequences go on from an earlier run. */
@FunctionalInterface
public interface StateSource {
  /**
   * Returns the state to begin with, in the shape of {@code own}.
   *
   * @param name what it is the state of
   * @param own what the layer begins with where a sequence is new: zeros, or what it has learned
   */
  Node initial(StateName name, Node own);
}
