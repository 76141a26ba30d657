package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import java.util.Optional;

/**
 * What a prediction is to be, and how much each position counts.
 *
 * <p>Weights {@code [N]} are of sequences. Where a prediction has T and N, they weigh all steps of
 * a sequence; the axes of the target tell {@code [T, N]} from {@code [N, O]}, which sizes alone do
 * not where they are equal. They are here, rather than weights made wide for the prediction, as
 * losses differ in what a target's first axes are to a prediction: CTC has one cost for all labels
 * {@code [S, N]} of a sequence.
 *
 * @param values in the shape that the loss asks for
 * @param weights {@code [T, N]} or {@code [N]}, not negative; absent where all count once
 * @param axes what the first axes of the values are; absent where nobody said it
 */
public record Target(Node values, Optional<Node> weights, Optional<Axes> axes) {
  /** Creates the target. */
  public Target {
    checkNotNull(values, "a target was given null as its values");
    checkNotNull(weights, "a target was given null as its weights");
    checkNotNull(axes, "a target was given null as its axes");
  }

  /** Returns a target of which all positions count once. */
  public static Target of(Node values) {
    return new Target(values, Optional.empty(), Optional.empty());
  }

  /** Returns this target with weights, {@code [T, N]} or {@code [N]}, not negative. */
  public Target weighted(Node weights) {
    checkNotNull(weights, "a target was given null as its weights");
    return new Target(values, Optional.of(weights), axes);
  }

  /**
   * Returns this target with what its first axes are, for weights {@code [N]} where that does not
   * follow from the shapes.
   */
  public Target along(Axes axes) {
    checkNotNull(axes, "a target was given null as its axes");
    return new Target(values, weights, Optional.of(axes));
  }
}
