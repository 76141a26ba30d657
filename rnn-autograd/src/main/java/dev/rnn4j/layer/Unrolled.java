package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import java.util.List;

/**
 * What a cell made of a sequence.
 *
 * @param steps the output at each position of the sequence, T times {@code [N, H]}
 * @param state the state after the last step
 * @param <S> the cell's state
 */
public record Unrolled<S>(List<Node> steps, S state) {
  /** Returns the outputs of all positions, {@code [T, N, H]}. */
  public Node outputs() {
    return Node.stack(steps);
  }

  /** Returns the output at the end of the sequence, {@code [N, H]}. */
  public Node last() {
    return steps.get(steps.size() - 1);
  }
}
