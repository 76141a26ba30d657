package dev.rnn4j.testing;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.op.Equal;
import dev.rnn4j.graph.op.Greater;
import dev.rnn4j.graph.op.GreaterOrEqual;
import dev.rnn4j.graph.op.Maximum;
import dev.rnn4j.graph.op.Minimum;
import dev.rnn4j.graph.op.Relu;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the values of a graph can be compared over precisions: none is large, no choice is so
 * close that rounding decides it, and no value moves far where all are rounded to float32.
 */
public final class Tame {
  private static final double CLOSE = 1e-3;
  private static final double LARGE = 1e3;
  private static final double FIRM = Agreement.tolerance(Precision.FLOAT32) / 10;

  private Tame() {}

  /** Returns whether all nodes that the roots are computed from are tame. */
  public static boolean isTame(List<Node> roots, Map<Node, Tensor> values) {
    List<Node> nodes = Graphs.topological(roots);
    List<Tensor> results = Interpreter.eval(nodes, values);
    Map<Node, Tensor> of = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      of.put(nodes.get(i), results.get(i));
    }
    return nodes.stream().allMatch(node -> isSmall(of.get(node)) && isDecided(node, of))
        && areFirm(nodes, of);
  }

  /** Returns whether the same values come out, but for little, where each is rounded to float32. */
  private static boolean areFirm(List<Node> nodes, Map<Node, Tensor> values) {
    Map<Node, double[]> rounded = new HashMap<>();
    for (Node node : nodes) {
      double[] exact = values.get(node).toDoubles();
      double[] value = exact.clone();
      if (!node.operands().isEmpty()) {
        double[][] x = node.operands().stream().map(rounded::get).toArray(double[][]::new);
        node.op().forward(node, x, value);
      }
      double largest = Math.max(1, Arrays.stream(exact).map(Math::abs).max().orElse(0));
      for (int i = 0; i < value.length; i++) {
        value[i] = (float) value[i];
        if (!(Math.abs(value[i] - exact[i]) <= FIRM * largest)) {
          return false;
        }
      }
      rounded.put(node, value);
    }
    return true;
  }

  private static boolean isSmall(Tensor value) {
    for (double element : value.toDoubles()) {
      if (!(Math.abs(element) <= LARGE)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDecided(Node node, Map<Node, Tensor> values) {
    Op op = node.op();
    if (op instanceof Relu) {
      return areApart(node.operand(0), Node.zeros(), true, values);
    }
    if (op instanceof Equal) { // of a rule that asks which one was the largest
      return areApart(node.operand(0), node.operand(1), true, values);
    }
    boolean compares =
        op instanceof Greater
            || op instanceof GreaterOrEqual
            || op instanceof Maximum
            || op instanceof Minimum;
    boolean same = node.operands().size() == 2 && node.operand(0) == node.operand(1);
    return !compares || areApart(node.operand(0), node.operand(1), same, values);
  }

  /** Returns whether elements are clearly different, or, where {@code ties} may be, equal. */
  private static boolean areApart(Node a, Node b, boolean ties, Map<Node, Tensor> values) {
    Shape shape = Shape.broadcast(a.shape(), b.shape());
    double[] left = wide(a, shape, values);
    double[] right = wide(b, shape, values);
    for (int i = 0; i < left.length; i++) {
      double distance = Math.abs(left[i] - right[i]);
      if (distance < CLOSE && !(ties && distance == 0)) {
        return false;
      }
    }
    return true;
  }

  private static double[] wide(Node node, Shape shape, Map<Node, Tensor> values) {
    Tensor value = values.getOrDefault(node, Tensor.zeros(node.shape()));
    return Node.constant(value).broadcastTo(shape).eval().toDoubles();
  }
}
