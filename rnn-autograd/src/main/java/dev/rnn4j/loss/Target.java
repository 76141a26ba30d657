package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import java.util.Optional;

/**
 * What a prediction is to be, and how much each position counts.
 *
 * @param values in the shape that the loss asks for
 * @param weights {@code [T, N]} or {@code [N]}, not negative; absent where all count once
 */
public record Target(Node values, Optional<Node> weights) {
  /** Creates the target. */
  public Target {
    checkNotNull(values, "a target was given null as its values");
    checkNotNull(weights, "a target was given null as its weights");
  }

  /** Returns a target of which all positions count once. */
  public static Target of(Node values) {
    return new Target(values, Optional.empty());
  }

  /** Returns this target with weights, {@code [T, N]} or {@code [N]}, not negative. */
  public Target weighted(Node weights) {
    checkNotNull(weights, "a target was given null as its weights");
    return new Target(values, Optional.of(weights));
  }
}
