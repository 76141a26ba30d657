package dev.rnn4j.fuzz;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.RowOp;
import dev.rnn4j.graph.op.Subtract;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.tensor.Tensor;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What nodes are worth, and how far rounding may move that. A sum in another order is, to the last
 * bit, the exact sum of terms that are each changed by a few units in the last place (Wilkinson
 * 1963). So the graph is computed again, by the ops' own meaning, with every term of every sum and
 * every result of a function changed by as much: by an amount that depends on nothing but the term
 * and its position, so that what is equal stays equal. What then moves has no value to compare.
 */
public final class Reference {
  private static final Set<Pointwise> FUNCTIONS =
      EnumSet.of(
          Pointwise.EXP,
          Pointwise.LOG,
          Pointwise.TANH,
          Pointwise.SIGMOID,
          Pointwise.SOFTPLUS,
          Pointwise.DIVIDE,
          Pointwise.SQRT,
          Pointwise.POWER);

  /** So many changes are tried: of one, what cancels may happen to know nothing. */
  private static final int CHANGES = 8;

  private final List<Node> nodes;
  private final Map<Node, Tensor> given;
  private final Map<Node, double[]> exact;
  private final Map<Double, List<Map<Node, double[]>>> changed = new HashMap<>();

  public Reference(List<Node> nodes, Map<Node, Tensor> given) {
    this.nodes = nodes;
    this.given = given;
    this.exact = values(0, 0);
  }

  /** Returns the elements of a node. */
  public double[] of(Node node) {
    return exact.get(node);
  }

  /** Returns how far a node moves, in parts of its largest element, at a relative precision. */
  public double moves(Node node, double precision) {
    return changed.computeIfAbsent(precision, this::changes).stream()
        .mapToDouble(values -> distance(values.get(node), exact.get(node)))
        .max()
        .orElseThrow();
  }

  private List<Map<Node, double[]>> changes(double precision) {
    return IntStream.range(0, CHANGES).mapToObj(salt -> values(precision, salt)).toList();
  }

  /** Returns the largest difference, in parts of the largest element; infinite for NaN. */
  public static double distance(double[] found, double[] wanted) {
    double largest = 1e-300;
    double difference = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      double own = Math.abs(found[i] - wanted[i]);
      difference = own <= Double.MAX_VALUE ? Math.max(difference, own) : Double.POSITIVE_INFINITY;
    }
    return difference / largest;
  }

  private Map<Node, double[]> values(double precision, int salt) {
    Map<Node, double[]> values = new HashMap<>();
    for (Node node : Graphs.topological(nodes)) {
      if (given.containsKey(node) || node instanceof Parameter) {
        Tensor value = given.get(node);
        values.put(node, (value == null ? ((Parameter) node).initial() : value).toDoubles());
        continue;
      }
      boolean sum = precision > 0 && isSum(node);
      double[][] x = new double[node.operands().size()][];
      for (int i = 0; i < x.length; i++) {
        double[] operand = values.get(node.operand(i));
        x[i] = sum ? changed(operand, precision, salt + CHANGES * i) : operand;
      }
      double[] y = new double[node.shape().elements()];
      node.op().forward(node, x, y);
      boolean function =
          node.op() instanceof PointwiseOp op && FUNCTIONS.contains(op.kernel()) && precision > 0;
      values.put(node, function ? changed(y, precision, salt) : y);
    }
    return values;
  }

  private static boolean isSum(Node node) {
    return node.op() instanceof Matmul
        || node.op() instanceof AxesOp && node.op().name().startsWith("sum")
        || node.op() instanceof SumOf
        || node.op() instanceof Add
        || node.op() instanceof Subtract
        || node.op() instanceof RowOp;
  }

  private static double[] changed(double[] x, double precision, int salt) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      long mixed = (Double.doubleToLongBits(x[i]) + 31L * i + salt) * 0x9E3779B97F4A7C15L;
      y[i] = x[i] * (1 + precision * ((mixed >> 40) * 0x1p-23));
    }
    return y;
  }
}
