package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import java.util.Map;

/**
 * What an update leaves: {@code Update.to(value).slot("velocity", v)}.
 *
 * @param value the parameter's new value
 * @param slots the new slots by name
 */
public record Update(Node value, Map<String, Node> slots) {
  /** Creates the update from a copy of the map. */
  public Update {
    checkNotNull(value, "an update was given null as its value");
    checkNotNull(slots, "an update was given null as its slots");
    slots = ImmutableMap.copyOf(slots);
  }

  /** Returns an update to a value, without slots. */
  public static Update to(Node value) {
    return new Update(value, Map.of());
  }

  /** Returns this update with the new value of a slot. */
  public Update slot(String name, Node node) {
    return new Update(
        value, ImmutableMap.<String, Node>builder().putAll(slots).put(name, node).buildOrThrow());
  }
}
