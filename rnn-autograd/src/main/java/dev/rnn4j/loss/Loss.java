package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Signal;
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
   * Returns a loss from the formula of its elements, for predictions and targets of one shape. What
   * does not count, by the prediction's mask or by a weight of 0, reaches neither sum nor gradient,
   * whatever stands there.
   *
   * <pre>{@code
   * Loss absolute = Loss.perPosition((prediction, target) -> prediction.minus(target).abs());
   * }</pre>
   *
   * <p>Other shapes are refused before the formula is asked: it would broadcast {@code [N, 1]} and
   * {@code [N]} to all pairs of sequences, and their mean looks like a loss.
   *
   * @see #perPosition(int, BinaryOperator)
   * @param elements from prediction and target the terms to add up, {@code [T, N]} or {@code [N]},
   *     or with more axes behind
   */
  static Loss perPosition(BinaryOperator<Node> elements) {
    checkNotNull(elements, "a loss was given null as its terms");
    return PerPosition.of(Misfit::checkOneShape, elements);
  }

  /**
   * Returns a loss from a formula whose prediction holds several numbers for each of the target:
   * {@code [..., count]} beside {@code [...]}, or {@code [..., count·O]} beside {@code [..., O]}.
   *
   * <pre>{@code
   * // Mean and logarithm of the variance, [..., 2], for one number, [...].
   * Loss.perPosition(
   *     2,
   *     (prediction, target) -> {
   *       List<Node> parts = prediction.split(-1, 2);
   *       Node logVariance = parts.get(1).reshape(target.shape());
   *       Node d = target.minus(parts.get(0).reshape(target.shape()));
   *       return logVariance.plus(d.square().dividedBy(logVariance.exp()));
   *     });
   * }</pre>
   *
   * @param count how many, 2 or more: of C classes for the index of one, C
   * @see #perPosition(BinaryOperator)
   */
  static Loss perPosition(int count, BinaryOperator<Node> elements) {
    checkArgument(
        count > 1,
        "%s numbers for each of the target: it is 2 or more, and perPosition(formula) is for one",
        count);
    checkNotNull(elements, "a loss was given null as its terms");
    return PerPosition.of((p, y) -> Misfit.checkHolds(count, p, y), elements);
  }
}
