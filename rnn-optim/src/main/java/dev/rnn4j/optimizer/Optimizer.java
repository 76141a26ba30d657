package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import java.util.List;
import java.util.Map;

/**
 * A rule from a parameter's value and gradient to its new value, as nodes: it is compiled into the
 * plan of the training step. What a rule remembers from update to update are its slots, tensors of
 * the parameter's shape that begin with zeros.
 */
public interface Optimizer {
  /** Returns the learning rate, before any schedule. */
  double rate();

  /**
   * Returns the learning rates of parameters that have one of their own, by the path of the
   * parameter in the model, or of a module there for all parameters in it. The longest path that
   * fits a parameter wins.
   */
  default Map<String, Double> ownRates() {
    return Map.of();
  }

  /** Returns the names of the slots that this rule keeps for each parameter. */
  List<String> slots();

  /**
   * Returns the new value and the new slots.
   *
   * @param value the parameter
   * @param gradient the gradient of the loss with respect to it
   * @param slots what the last update left, in the order of {@link #slots}
   * @param rate the learning rate of this update, a scalar
   */
  Update update(Node value, Node gradient, List<Node> slots, Node rate);

  /**
   * What an update leaves.
   *
   * @param value the parameter's new value
   * @param slots the new slots
   */
  record Update(Node value, List<Node> slots) {}
}
