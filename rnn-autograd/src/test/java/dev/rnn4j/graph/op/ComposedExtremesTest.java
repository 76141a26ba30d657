package dev.rnn4j.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Extremes.Executor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows that are normalized, sums of scattered rows, joins, and gradients of gradients at NaN,
 * infinities and huge numbers: what NumPy's formulas give in each precision, and what PyTorch does.
 */
class ComposedExtremesTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private record Twice(String name, UnaryOperator<Node> op, DoubleUnaryOperator second) {}

  private static void check(Executor executor, double[] expected, Tensor actual, String what) {
    double tolerance = executor.precision() == Precision.FLOAT64 ? 1e-12 : 1e-6;
    for (int i = 0; i < expected.length; i++) {
      double e = executor.round(expected[i]);
      double delta = Double.isFinite(e) ? tolerance * Math.abs(e) : 0;
      assertEquals(e + 0.0, actual.at(i) + 0.0, delta, executor + ": " + what + ", element " + i);
    }
  }

  /** (x − mean) / √(variance + ε), each rounded as the precision rounds. */
  private static double[] normalized(Executor in, double epsilon, double... row) {
    double mean = in.round(Arrays.stream(row).sum() / row.length);
    double variance = 0;
    for (double x : row) {
      double deviation = in.round(x - mean);
      variance = in.round(variance + in.round(deviation * deviation) / row.length);
    }
    double root = Math.sqrt(in.round(variance + epsilon));
    return Arrays.stream(row).map(x -> in.round(x - mean) / root).toArray();
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void rowsThatAreNormalized(Executor executor) {
    double[][] rows = {
      {7},
      {0, -0.0},
      {1, 2, 3},
      {NAN, 1},
      {INF, 1},
      {INF, INF},
      {-INF, INF, 1},
      {1e30, 1e30},
      {-1e30, 1e30},
      {1e-30, 3e-30},
    };
    for (double[] row : rows) {
      for (int copies : new int[] {1, 19}) {
        Input x = Input.of("x", copies, row.length);
        double[] values = new double[copies * row.length];
        double[] expected = normalized(executor, 0.25, row);
        double[] all = new double[values.length];
        Arrays.setAll(values, i -> row[i % row.length]);
        Arrays.setAll(all, i -> expected[i % row.length]);
        Map<Input, Tensor> given = Map.of(x, Tensor.of(x.shape(), values));
        Tensor y = executor.run(List.of(x.normalize(0.25)), given).get(0);
        check(executor, all, y, "normalized " + Arrays.toString(row));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void scatteredRowsMeetOnlyTheirOwn(Executor executor) {
    Input rows = Input.of("rows", 5, 2);
    Input at = Input.of("at", 5);
    Node y = Node.apply(new ScatterAdd(4), rows, at);
    Node slope = Gradients.of(y.times(y).sum(), List.of(rows)).get(0);
    Map<Input, Tensor> given =
        Map.of(
            rows, Tensor.of(rows.shape(), NAN, 1, INF, 2, -INF, 3, 1, 2, 3, INF),
            at, Tensor.of(0, 1, 1, 3, 3));
    List<Tensor> actual = executor.run(List.of(y, slope), given);
    check(executor, new double[] {NAN, 1, NAN, 5, 0, 0, 4, INF}, actual.get(0), "sums");
    double[] slopes = {NAN, 2, NAN, 10, NAN, 10, 8, INF, 8, INF};
    check(executor, slopes, actual.get(1), "gradient of the rows");
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void joinsKeepTheirPartsApart(Executor executor) {
    Input a = Input.of("a", 2);
    Input b = Input.of("b", 2);
    Node weights = Node.constant(Tensor.of(NAN, 2, 3, INF));
    Node joined = Node.concat(0, a, b);
    Node stacked = Node.stack(List.of(a, b));
    Node slopeOfA = Gradients.of(joined.times(weights).sum(), List.of(a)).get(0);
    Node slopeOfB = Gradients.of(stacked.times(weights.reshape(2, 2)).sum(), List.of(b)).get(0);
    Map<Input, Tensor> given = Map.of(a, Tensor.of(INF, NAN), b, Tensor.of(-0.0, -INF));
    List<Tensor> actual = executor.run(List.of(joined, stacked, slopeOfA, slopeOfB), given);
    check(executor, new double[] {INF, NAN, 0, -INF}, actual.get(0), "concat");
    check(executor, new double[] {INF, NAN, 0, -INF}, actual.get(1), "stack");
    assertEquals(-0.0, actual.get(1).at(2), "the sign of zero");
    check(executor, new double[] {NAN, 2}, actual.get(2), "gradient of the first");
    check(executor, new double[] {3, INF}, actual.get(3), "gradient of the second");
  }

  private static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }

  /** The second derivatives, as the rules of the first ones are differentiated. */
  private static final List<Twice> TWICE =
      List.of(
          new Twice("square", Node::square, x -> 2),
          new Twice("exp", Node::exp, Math::exp),
          new Twice("log", Node::log, x -> -1 / (x * x)),
          new Twice("tanh", Node::tanh, x -> -2 * Math.tanh(x) * (1 - Math.pow(Math.tanh(x), 2))),
          new Twice(
              "sigmoid", Node::sigmoid, x -> sigmoid(x) * (1 - sigmoid(x)) * (1 - 2 * sigmoid(x))),
          new Twice("softplus", Node::softplus, x -> sigmoid(x) * (1 - sigmoid(x))));

  @ParameterizedTest
  @EnumSource(Executor.class)
  void gradientsOfGradients(Executor executor) {
    double[] numbers = {INF, -INF, 0, 1, -1, 30, -30};
    for (Twice row : TWICE) {
      Input x = Input.of("x", numbers.length);
      Node first = Gradients.of(row.op().apply(x).sum(), List.of(x)).get(0);
      Node second = Gradients.of(first.sum(), List.of(x)).get(0);
      Tensor y = executor.run(List.of(second, x.exp()), Map.of(x, Tensor.of(numbers))).get(0);
      for (int i = 0; i < numbers.length; i++) {
        double expected = executor.round(row.second().applyAsDouble(numbers[i]));
        double delta = Double.isFinite(expected) ? 1e-6 * (1e-6 + Math.abs(expected)) : 0;
        boolean loses = executor.precision() == Precision.FLOAT32 && Math.abs(numbers[i]) == 30;
        String what = executor + ": second derivative of " + row.name() + " at " + numbers[i];
        assertEquals(expected + 0.0, y.at(i) + 0.0, loses ? delta + 1e-9 : delta, what);
      }
    }
  }

  /** What a NaN goes through twice is NaN, in whatever has a slope of its own there. */
  @ParameterizedTest
  @EnumSource(Executor.class)
  void gradientsOfGradientsAtNaN(Executor executor) {
    for (UnaryOperator<Node> op :
        List.<UnaryOperator<Node>>of(
            Node::exp, Node::log, Node::tanh, Node::sigmoid, Node::softplus)) {
      Input x = Input.of("x", Shape.of(3).toArray());
      Node first = Gradients.of(op.apply(x).sum(), List.of(x)).get(0);
      Node second = Gradients.of(first.sum(), List.of(x)).get(0);
      Tensor y = executor.run(List.of(second), Map.of(x, Tensor.of(1, NAN, 2))).get(0);
      assertEquals(NAN, y.at(1), executor + ": " + op.apply(x));
      assertEquals(false, Double.isNaN(y.at(0) + y.at(2)), "its neighbours are no NaN");
    }
  }
}
