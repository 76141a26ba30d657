package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.pass.StateSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The states that a segment of sequences begins with: in the first segment those of the sequences,
 * later what the segment before left. Which of them it is, an input says.
 */
public final class SegmentStates implements StateSource {
  /**
   * A state.
   *
   * @param input what the segment before left
   * @param node what the segment begins with
   */
  public record Begin(Input input, Node node) {}

  private final Input first = Input.of("first segment");
  private final Map<StateName, Begin> begins = new LinkedHashMap<>();

  @Override
  public Node initial(StateName name, Node own) {
    Input input = Input.of("segment/" + name, own.shape().toArray());
    Node node = first.select(own, input);
    begins.put(name, new Begin(input, node));
    return node;
  }

  /** Returns the input that is 1 in the first segment and 0 in others. */
  public Input first() {
    return first;
  }

  /** Returns all states by name. */
  public Map<StateName, Begin> begins() {
    return begins;
  }
}
