package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import java.util.Map;

/**
 * The scalars of one update.
 *
 * @param nodes the nodes, of one element each, by the scalars' names
 */
public record Scalars(Map<String, Node> nodes) {
  /** Creates the scalars from a copy of the map. */
  public Scalars {
    checkNotNull(nodes, "scalars were given null as their nodes");
    nodes = ImmutableMap.copyOf(nodes);
  }

  /**
   * Returns a scalar.
   *
   * @throws IllegalArgumentException for a name that the optimizer does not declare
   */
  public Node get(String name) {
    Node node = nodes.get(name);
    checkArgument(
        node != null, "the optimizer declares no scalar %s, only %s", name, nodes.keySet());
    return node;
  }
}
