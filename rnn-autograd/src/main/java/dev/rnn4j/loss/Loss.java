package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Signal;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * How far predictions are from their targets: a sum over what counts, and how much that is.
 * Training makes the quotient small.
 *
 * @see LossSum
 */
@FunctionalInterface
public interface Loss {
  /** Returns the loss of predictions of which some count. */
  LossSum of(Signal prediction, Target target);

  /** Returns the loss of predictions that all count. */
  default LossSum of(Node prediction, Node target) {
    return of(Signal.of(prediction), Target.of(target));
  }

  /**
   * Returns a loss from the formula of its elements. What does not count, by the prediction's mask
   * or by a weight of 0, reaches neither sum nor gradient, whatever stands there.
   *
   * <pre>{@code
   * Loss absolute = Loss.perPosition((prediction, target) -> prediction.minus(target).abs());
   * }</pre>
   *
   * @param elements from prediction and target the terms to add up, {@code [T, N]} or {@code [N]},
   *     or with more axes behind
   */
  static Loss perPosition(BinaryOperator<Node> elements) {
    checkNotNull(elements, "a loss was given null as its terms");
    return new PerPosition(elements, Optional.empty(), prediction -> 0);
  }
}
