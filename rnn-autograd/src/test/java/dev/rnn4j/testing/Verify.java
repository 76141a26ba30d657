package dev.rnn4j.testing;

import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Everything that must hold of a node, whatever cells and layers it was made with. */
public final class Verify {
  private final Node node;
  private final List<Node> leaves;
  private final Map<Node, Tensor> values = new HashMap<>();

  private Verify(Node node) {
    this.node = node;
    this.leaves =
        Graphs.topological(List.of(node)).stream()
            .filter(leaf -> leaf instanceof Parameter || leaf instanceof Input)
            .toList();
    Draw draw = new Draw(new Random(11));
    for (Node leaf : leaves) {
      values.put(leaf, draw.uniform(leaf.shape(), -1, 1));
    }
  }

  /** Begins with random values for every input and parameter. */
  public static Verify of(Node node) {
    return new Verify(node);
  }

  /** Gives a leaf another value. */
  public Verify at(Node leaf, Tensor value) {
    values.put(leaf, value);
    return this;
  }

  /** Returns the values that everything is checked at. */
  public Map<Node, Tensor> values() {
    return values;
  }

  /** Checks gradients and their gradients against differences, and all of them in plans. */
  public void all() {
    gradients();
    plans();
  }

  /** Checks gradients and their gradients against differences. */
  public void gradients() {
    GradientCheck check = GradientCheck.of(node).seed(5);
    values.forEach(check::at);
    check.check();
    check.secondOrder();
  }

  /** Compares value, gradients and their gradients between interpreter and plans. */
  public void plans() {
    Draw draw = new Draw(new Random(12));
    List<Node> all = new ArrayList<>(List.of(node));
    Node weights = Node.constant(draw.uniform(node.shape(), -1, 1));
    List<Node> gradients = Gradients.of(node, weights, leaves);
    all.addAll(gradients);
    Node mixed =
        Node.sum(
            gradients.stream()
                .map(g -> g.times(Node.constant(draw.uniform(g.shape(), -1, 1))).sum())
                .toList());
    all.addAll(Gradients.of(mixed, leaves));
    Agreement.check(all, values, 1);
  }
}
