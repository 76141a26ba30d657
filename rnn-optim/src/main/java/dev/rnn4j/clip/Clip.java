package dev.rnn4j.clip;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.EuclideanNorm;
import java.util.List;

/** A function of all gradients, applied before the optimizer. */
@FunctionalInterface
public interface Clip {
  /** Returns the gradients to use, in the order and shapes of those given. */
  List<Node> apply(List<Node> gradients);

  /** Returns gradients as they are. */
  static Clip none() {
    return new Named("none", gradients -> gradients);
  }

  /** Returns the clip that holds every element within ±limit. */
  static Clip byValue(double limit) {
    checkLimit(limit);
    return new Named(
        "by value " + limit,
        gradients ->
            gradients.stream()
                .map(g -> g.minimum(Node.constant(limit)).maximum(Node.constant(-limit)))
                .toList());
  }

  /**
   * Returns the clip that scales each gradient by limit / (norm + 10⁻⁶), but never up, with the
   * Euclidean norm of this gradient.
   */
  static Clip byParameterNorm(double limit) {
    checkLimit(limit);
    return new Named(
        "by parameter norm " + limit,
        gradients ->
            gradients.stream().map(g -> g.times(factor(limit, globalNorm(List.of(g))))).toList());
  }

  /**
   * Returns the clip that scales all gradients together by limit / (norm + 10⁻⁶), but never up,
   * with the Euclidean norm over all of them (Pascanu et al., "On the difficulty of training
   * recurrent neural networks", 2013).
   */
  static Clip byGlobalNorm(double limit) {
    checkLimit(limit);
    return new Named(
        "by global norm " + limit,
        gradients -> {
          Node factor = factor(limit, globalNorm(gradients));
          return gradients.stream().map(g -> g.times(factor)).toList();
        });
  }

  private static Node factor(double limit, Node norm) {
    return Node.constant(limit).dividedBy(norm.plus(1e-6)).minimum(Node.constant(1));
  }

  /**
   * Returns the Euclidean norm over all elements of all gradients, a scalar; it is right as long as
   * it is a number of the precision, though its square is none.
   */
  static Node globalNorm(List<Node> gradients) {
    return EuclideanNorm.of(gradients);
  }

  private static void checkLimit(double limit) {
    checkArgument(
        limit > 0 && limit < Double.POSITIVE_INFINITY,
        "the limit %s is not a number above 0",
        limit);
  }
}
