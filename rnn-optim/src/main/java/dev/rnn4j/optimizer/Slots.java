package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import java.util.Map;

/**
 * The slots of one parameter as the last update left them.
 *
 * @param nodes the nodes by the slots' names
 */
public record Slots(Map<String, Node> nodes) {
  /** Creates the slots from a copy of the map. */
  public Slots {
    checkNotNull(nodes, "slots were given null as their nodes");
    nodes = ImmutableMap.copyOf(nodes);
  }

  /**
   * Returns a slot.
   *
   * @throws IllegalArgumentException for a name that the optimizer does not declare
   */
  public Node get(String name) {
    Node node = nodes.get(name);
    checkArgument(node != null, "the optimizer declares no slot %s, only %s", name, nodes.keySet());
    return node;
  }
}
