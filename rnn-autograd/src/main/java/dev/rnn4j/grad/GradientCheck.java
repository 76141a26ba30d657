package dev.rnn4j.grad;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.Lists;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Checks gradients against central differences, in float64 along random directions: for a random
 * direction u in the operands and v in the result, (f(x + εu) − f(x − εu)) · v / 2ε must equal
 * (Jᵀv) · u. The cost does not grow with the number of elements. {@link #secondOrder} checks the
 * gradient of such a gradient in the same way.
 *
 * <pre>{@code
 * GradientCheck.of(cell.step(x, state).output()).seed(42).check();
 * }</pre>
 */
public final class GradientCheck {
  private final Node node;
  private final Map<Node, Tensor> values = new HashMap<>();
  private long seed = 1;
  private int directions = 3;
  private double epsilon = 1e-5;
  private double tolerance = 1e-6;

  private GradientCheck(Node node) {
    this.node = node;
  }

  /**
   * Returns a check of a node's gradients with respect to every parameter and input that gradients
   * flow to: not those that only choose, as indices and masks do.
   */
  public static GradientCheck of(Node node) {
    return new GradientCheck(checkNotNull(node, "a gradient check was given null as its node"));
  }

  /** Gives an input or parameter its value; inputs without one get random values near ±1. */
  public GradientCheck at(Node leaf, Tensor value) {
    checkNotNull(leaf, "a gradient check was given null as an input or parameter");
    checkNotNull(value, "a gradient check was given null as the value of %s", leaf);
    values.put(leaf, value);
    return this;
  }

  /** Sets the seed of the random directions; a failure prints it. */
  public GradientCheck seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Sets the number of random directions; 3 unless set. */
  public GradientCheck directions(int count) {
    checkArgument(count >= 1, "a gradient is checked in 1 direction or more, not in %s", count);
    directions = count;
    return this;
  }

  /** Sets the step of the differences; 1e-5 unless set. */
  public GradientCheck epsilon(double step) {
    checkArgument(
        step > 0 && step < Double.POSITIVE_INFINITY,
        "the step of the differences is a number above 0, not %s",
        step);
    epsilon = step;
    return this;
  }

  /** Sets the largest difference allowed, relative to the larger value or 1; 1e-6 unless set. */
  public GradientCheck tolerance(double largest) {
    checkArgument(largest >= 0, "the largest difference allowed is 0 or more, not %s", largest);
    tolerance = largest;
    return this;
  }

  /** Returns whether a gradient flows to any parameter or input: there is something to check. */
  public boolean hasGradients() {
    return !moved(node).isEmpty();
  }

  /**
   * Checks the first derivatives.
   *
   * @throws IllegalArgumentException where no gradient flows to a parameter or input
   * @throws AssertionError where they disagree, with both numbers, direction and seed
   */
  public void check() {
    List<Node> leaves = leavesWithGradients();
    RandomGenerator random = new Random(seed);
    Map<Node, Tensor> point = point(leaves(node), random);
    for (int direction = 0; direction < directions; direction++) {
      Tensor v = draw(node.shape(), random);
      Map<Node, Tensor> along = new HashMap<>();
      leaves.forEach(leaf -> along.put(leaf, draw(leaf.shape(), random)));
      List<Node> gradients = Gradients.of(node, Node.constant(v), leaves);
      double expected =
          (dot(value(point, along, epsilon), v) - dot(value(point, along, -epsilon), v))
              / (2 * epsilon);
      List<Tensor> jv = Interpreter.eval(gradients, point);
      double actual = 0;
      for (int i = 0; i < leaves.size(); i++) {
        actual += dot(jv.get(i), along.get(leaves.get(i)));
      }
      compare(expected, actual, direction);
    }
  }

  /**
   * Checks the second derivatives: {@link #check} of the gradients' weighted sum.
   *
   * @throws IllegalArgumentException where no gradient flows to a parameter or input
   */
  public void secondOrder() {
    List<Node> leaves = leavesWithGradients();
    RandomGenerator random = new Random(seed + 1);
    Map<Node, Tensor> point = point(leaves(node), random);
    Node weights = Node.constant(draw(node.shape(), random));
    List<Node> terms = new ArrayList<>();
    for (Node gradient : Gradients.of(node, weights, leaves)) {
      terms.add(gradient.times(Node.constant(draw(gradient.shape(), random))).sum());
    }
    GradientCheck second = of(Node.sum(terms));
    point.forEach(second::at);
    if (moved(second.node).isEmpty()) {
      return; // linear: the second derivative is zero by structure
    }
    second.seed(seed).directions(directions).epsilon(epsilon).tolerance(tolerance).check();
  }

  private List<Node> leavesWithGradients() {
    List<Node> leaves = moved(node);
    checkArgument(!leaves.isEmpty(), "no gradient of %s flows to a parameter or input", node);
    return leaves;
  }

  private void compare(double expected, double actual, int direction) {
    double scale = Math.max(1, Math.max(Math.abs(expected), Math.abs(actual)));
    if (!(Math.abs(expected - actual) <= tolerance * scale)) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "the gradient of %s is %s along direction %d of seed %d, and differences give %s",
              node,
              actual,
              direction,
              seed,
              expected));
    }
  }

  private Tensor value(Map<Node, Tensor> point, Map<Node, Tensor> along, double step) {
    Map<Node, Tensor> moved = new HashMap<>(point);
    along.forEach(
        (leaf, u) -> {
          double[] x = point.get(leaf).toDoubles();
          for (int i = 0; i < x.length; i++) {
            x[i] += step * u.at(i);
          }
          moved.put(leaf, Tensor.of(leaf.shape(), x));
        });
    return Interpreter.eval(List.of(node), moved).get(0);
  }

  private Map<Node, Tensor> point(List<Node> leaves, RandomGenerator random) {
    Map<Node, Tensor> point = new HashMap<>();
    for (Node leaf : leaves) {
      Tensor given = values.get(leaf);
      if (given == null && leaf instanceof Parameter parameter) {
        given = parameter.initial();
      }
      point.put(leaf, given != null ? given : draw(leaf.shape(), random));
    }
    return point;
  }

  private static List<Node> leaves(Node root) {
    return Graphs.topological(List.of(root)).stream().filter(GradientCheck::isLeaf).toList();
  }

  private static boolean isLeaf(Node node) {
    return node instanceof Parameter || node instanceof Input;
  }

  /** Returns the leaves that gradients flow to. */
  private static List<Node> moved(Node root) {
    List<Node> order = Graphs.topological(List.of(root));
    Set<Node> reached = new HashSet<>(List.of(root));
    for (Node node : Lists.reverse(order)) {
      for (int i = 0; i < node.operands().size(); i++) {
        if (reached.contains(node) && node.op().differentiable(i)) {
          reached.add(node.operand(i));
        }
      }
    }
    return order.stream().filter(node -> isLeaf(node) && reached.contains(node)).toList();
  }

  private static Tensor draw(Shape shape, RandomGenerator random) {
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Tensor.of(shape, values);
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.shape().elements(); i++) {
      sum += a.at(i) * b.at(i);
    }
    return sum;
  }
}
