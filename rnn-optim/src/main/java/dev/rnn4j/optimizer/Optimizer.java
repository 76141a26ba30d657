package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Set;

/**
 * A rule from a parameter's value and gradient to its new value, as nodes: it is compiled into the
 * plan of the training step. What a rule remembers from update to update are its {@linkplain Slot
 * slots}; numbers that change from update to update are its {@linkplain Scalar scalars}.
 *
 * <pre>{@code
 * Adam.rate(1e-3).rate("encoder", 1e-4).weightDecayOfMatrices(0.01)
 * }</pre>
 *
 * @see PathOptimizer for rules whose rate and weight decay depend on the path of the parameter
 */
public interface Optimizer {
  /** Returns the learning rate, before any schedule. */
  double rate();

  /**
   * Returns this rule as it is for one parameter.
   *
   * @param paths where the parameter stands in the model; several for one that is shared
   * @throws IllegalArgumentException where the paths contradict each other
   */
  default Optimizer at(List<String> paths) {
    return this;
  }

  /** Returns the patterns that settings were given for: each must fit a parameter. */
  default Set<PathPattern> patterns() {
    return Set.of();
  }

  /** Returns what this rule keeps for a parameter of a shape. */
  List<Slot> slots(Shape parameter);

  /** Returns the numbers that the host computes for each update. */
  List<Scalar> scalars();

  /**
   * Returns what of a gradient takes part in clipping: all of it, unless overridden.
   *
   * @param scalars the numbers of this update
   */
  default Node beforeClipping(Node gradient, Scalars scalars) {
    return gradient;
  }

  /**
   * Returns the new value and the new slots.
   *
   * @param value the parameter
   * @param gradient the gradient of the loss with respect to it
   * @param slots what the last update left
   * @param scalars the numbers of this update, each a scalar node
   */
  Update update(Node value, Node gradient, Slots slots, Scalars scalars);
}
