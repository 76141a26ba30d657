package dev.rnn4j.clip;

import dev.rnn4j.graph.Node;
import java.util.List;

/** A clip that says what it is. */
record Named(String name, Clip clip) implements Clip {
  @Override
  public List<Node> apply(List<Node> gradients) {
    return clip.apply(gradients);
  }

  @Override
  public String toString() {
    return name;
  }
}
