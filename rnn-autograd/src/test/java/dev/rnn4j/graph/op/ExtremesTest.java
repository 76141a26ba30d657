package dev.rnn4j.graph.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Extremes.Executor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ops and their gradients at NaN, infinities, zeros, denormal and huge numbers, and of rows of
 * these: what IEEE 754 says, and else NumPy and PyTorch. One rule is stricter than theirs: what
 * chooses or has a corner (abs, max, min, relu) has the gradient NaN at NaN, and hides none.
 */
class ExtremesTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private record Unary(
      String name, UnaryOperator<Node> op, DoubleUnaryOperator value, DoubleBinaryOperator slope) {}

  private record Binary(
      String name,
      BinaryOperator<Node> op,
      DoubleBinaryOperator value,
      Slope slopeA,
      Slope slopeB) {}

  /** A gradient, whose steps are rounded as they are in a precision. */
  private interface Slope {
    double at(Executor in, double a, double b);
  }

  private record Rows(String name, UnaryOperator<Node> op, Function<double[], double[]> value) {}

  private static final Slope NONE = (in, a, b) -> 0;

  private static final List<Unary> UNARY =
      List.of(
          new Unary("negate", Node::negate, a -> -a, (a, y) -> -1),
          new Unary("abs", Node::abs, Math::abs, (a, y) -> Math.signum(a)),
          new Unary("sqrt", Node::sqrt, Math::sqrt, (a, y) -> 0.5 / y),
          new Unary("square", Node::square, a -> a * a, (a, y) -> 2 * a),
          new Unary("exp", Node::exp, StrictMath::exp, (a, y) -> y),
          new Unary("log", Node::log, StrictMath::log, (a, y) -> 1 / a),
          new Unary("tanh", Node::tanh, StrictMath::tanh, (a, y) -> 1 - y * y),
          new Unary("sigmoid", Node::sigmoid, ExtremesTest::sigmoid, (a, y) -> y * (1 - y)),
          new Unary("relu", Node::relu, a -> Math.max(a, 0), (a, y) -> step(a)),
          new Unary("softplus", Node::softplus, ExtremesTest::softplus, (a, y) -> sigmoid(a)),
          new Unary("power 2", a -> a.power(2), a -> a * a, (a, y) -> 2 * a),
          new Unary("power 0", a -> a.power(0), a -> 1, (a, y) -> 0),
          new Unary("power 1", a -> a.power(1), a -> a, (a, y) -> 1),
          new Unary("power -1", a -> a.power(-1), a -> 1 / a, (a, y) -> -Math.pow(a, -2)),
          new Unary("stopGradient", Node::stopGradient, a -> a, (a, y) -> 0));

  private static final List<Binary> BINARY =
      List.of(
          new Binary("plus", Node::plus, (a, b) -> a + b, (in, a, b) -> 1, (in, a, b) -> 1),
          new Binary("minus", Node::minus, (a, b) -> a - b, (in, a, b) -> 1, (in, a, b) -> -1),
          new Binary("times", Node::times, (a, b) -> a * b, (in, a, b) -> b, (in, a, b) -> a),
          new Binary(
              "dividedBy",
              Node::dividedBy,
              (a, b) -> a / b,
              (in, a, b) -> 1 / b,
              (in, a, b) -> -in.round(a / b) * in.round(1 / b)),
          new Binary(
              "maximum",
              Node::maximum,
              Math::max,
              (in, a, b) -> share(a > b, a, b),
              (in, a, b) -> share(b > a, a, b)),
          new Binary(
              "minimum",
              Node::minimum,
              Math::min,
              (in, a, b) -> share(a < b, a, b),
              (in, a, b) -> share(b < a, a, b)),
          new Binary("equal", Node::equalTo, (a, b) -> a == b ? 1 : 0, NONE, NONE),
          new Binary("greater", Node::greaterThan, (a, b) -> a > b ? 1 : 0, NONE, NONE),
          new Binary(
              "greaterOrEqual", Node::greaterOrEqualTo, (a, b) -> a >= b ? 1 : 0, NONE, NONE),
          new Binary(
              "select this or 7",
              (a, b) -> a.select(b, Node.constant(7)),
              (a, b) -> a != 0 ? b : 7,
              NONE,
              (in, a, b) -> a != 0 ? 1 : 0),
          new Binary(
              "power",
              Node::power,
              ExtremesTest::pow,
              (in, a, b) -> b == 0 ? 0 : b * in.round(pow(a, in.round(b - 1))),
              (in, a, b) ->
                  a == 0 && b >= 0 ? 0 : in.round(StrictMath.log(a)) * in.round(pow(a, b))));

  private static double sigmoid(double a) {
    double e = StrictMath.exp(-Math.abs(a));
    return (a >= 0 ? 1 : e) / (1 + e);
  }

  private static double softplus(double a) {
    return Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
  }

  private static double step(double a) {
    return a > 0 ? 1 : a <= 0 ? 0 : NAN;
  }

  private static double share(boolean chosen, double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b) ? NAN : a == b ? 0.5 : chosen ? 1 : 0;
  }

  private static double pow(double a, double b) {
    boolean one = a == 1 || b == 0 || a == -1 && Double.isInfinite(b);
    return one ? 1 : Math.pow(a, b);
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void opsOfOneNumber(Executor executor) {
    double[] numbers = executor.numbers();
    double[] x = new double[3 * numbers.length];
    Arrays.setAll(x, i -> numbers[i % numbers.length]);
    for (Unary row : UNARY) {
      Input a = Input.of("a", x.length);
      Node y = row.op().apply(a);
      Node slope = Gradients.of(y, Node.ones(x.length), List.of(a)).get(0);
      List<Tensor> actual = executor.run(List.of(y, slope), Map.of(a, Tensor.of(x)));
      for (int i = 0; i < x.length; i++) {
        String of = row.name() + " of " + x[i];
        check(executor, row.value().applyAsDouble(x[i]), actual.get(0).at(i), of);
        double value = executor.round(row.value().applyAsDouble(x[i]));
        double expected = row.slope().applyAsDouble(x[i], value);
        check(executor, expected, actual.get(1).at(i), "gradient, " + of);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void opsOfTwoNumbers(Executor executor) {
    double[] numbers = executor.numbers();
    int n = numbers.length;
    double[] u = new double[n * n];
    double[] v = new double[n * n];
    Arrays.setAll(u, i -> numbers[i / n]);
    Arrays.setAll(v, i -> numbers[i % n]);
    for (Binary row : BINARY) {
      Input a = Input.of("a", u.length);
      Input b = Input.of("b", u.length);
      Node y = row.op().apply(a, b);
      List<Node> nodes = new ArrayList<>(List.of(y));
      nodes.addAll(Gradients.of(y, Node.ones(u.length), List.of(a, b)));
      List<Tensor> actual = executor.run(nodes, Map.of(a, Tensor.of(u), b, Tensor.of(v)));
      for (int i = 0; i < u.length; i++) {
        String of = row.name() + " of " + u[i] + ", " + v[i];
        check(executor, row.value().applyAsDouble(u[i], v[i]), actual.get(0).at(i), of);
        double slopeA = row.slopeA().at(executor, u[i], v[i]);
        double slopeB = row.slopeB().at(executor, u[i], v[i]);
        check(executor, slopeA, actual.get(1).at(i), "gradient of the first, " + of);
        check(executor, slopeB, actual.get(2).at(i), "gradient of the second, " + of);
      }
    }
  }

  /** Rows, and what comes of each; for a row of results, the first. */
  private static final double[][] ROWS = {
    {},
    {-INF},
    {INF},
    {NAN},
    {7},
    {-INF, -INF, -INF},
    {-INF, 2, -INF},
    {INF, 2},
    {INF, INF},
    {INF, -INF},
    {NAN, INF},
    {1, NAN, 3},
    {1e4, 1e4},
    {1e30, 1e30},
    {-1e30, 1e30},
    {1, 2, 3},
    {0, -0.0}
  };

  private static double sum(double... row) {
    return Arrays.stream(row).sum();
  }

  private static double max(double... row) {
    return Arrays.stream(row).reduce(-INF, Math::max);
  }

  private static double logSumExp(double... row) {
    double top = Double.isInfinite(max(row)) ? 0 : max(row);
    return Math.log(Arrays.stream(row).map(x -> Math.exp(x - top)).sum()) + top;
  }

  private static double[] softmax(double... row) {
    double top = max(row);
    double sum = Arrays.stream(row).map(x -> Math.exp(x - top)).sum();
    return Arrays.stream(row).map(x -> Math.exp(x - top) / sum).toArray();
  }

  private static double[] lseSlope(double... row) {
    boolean finite = Double.isFinite(max(row));
    return finite
        ? softmax(row)
        : Arrays.stream(row).map(x -> Math.exp(x - logSumExp(row))).toArray();
  }

  private static double[] logSoftmax(double... row) {
    double top = max(row);
    double sum = Arrays.stream(row).map(x -> Math.exp(x - top)).sum();
    return Arrays.stream(row).map(x -> x - top - Math.log(sum)).toArray();
  }

  /** The gradient of the largest of a row: shared by equal ones, and NaN where one is. */
  private static double[] maxSlope(double... row) {
    double top = max(row);
    long ties = Arrays.stream(row).filter(x -> x == top).count();
    return Arrays.stream(row)
        .map(x -> Double.isNaN(top) ? NAN : x == top ? 1.0 / ties : 0)
        .toArray();
  }

  private static final List<Rows> REDUCTIONS =
      List.of(
          new Rows("sum", x -> x.sum(-1), x -> new double[] {sum(x)}),
          new Rows("mean", x -> x.mean(-1), x -> new double[] {sum(x) / x.length}),
          new Rows("max", x -> x.max(-1), x -> new double[] {max(x)}),
          new Rows("gradient of max", x -> slope(x, x.max(-1)), ExtremesTest::maxSlope),
          new Rows("logSumExp", Node::logSumExp, x -> new double[] {logSumExp(x)}),
          new Rows("gradient of logSumExp", x -> slope(x, x.logSumExp()), ExtremesTest::lseSlope),
          new Rows("softmax", Node::softmax, ExtremesTest::softmax),
          new Rows("logSoftmax", Node::logSoftmax, ExtremesTest::logSoftmax));

  private static Node slope(Node x, Node y) {
    return Gradients.of(y, Node.apply(Constant.filled(y.shape(), 1)), List.of(x)).get(0);
  }

  /** Each row alone, many times below each other, and repeated to fill vectors. */
  @ParameterizedTest
  @EnumSource(Executor.class)
  void opsOfRows(Executor executor) {
    for (Rows op : REDUCTIONS) {
      for (double[] row : ROWS) {
        for (int copies : new int[] {1, 37}) {
          check(executor, op, row, copies);
        }
      }
    }
  }

  private static void check(Executor executor, Rows op, double[] row, int copies) {
    Input x = Input.of("x", copies, row.length);
    double[] values = new double[copies * row.length];
    Arrays.setAll(values, i -> row[i % row.length]);
    Node y = op.op().apply(x);
    Tensor actual = executor.run(List.of(y), Map.of(x, Tensor.of(x.shape(), values))).get(0);
    double[] expected = op.value().apply(row);
    for (int i = 0; i < actual.shape().elements(); i++) {
      String what = op.name() + " of " + Arrays.toString(row) + ", element " + i;
      check(executor, expected[i % expected.length], actual.at(i), what);
    }
  }

  /** Products of matrices add 0·∞ and NaN·0, which are NaN; of nothing, the sum is 0. */
  @ParameterizedTest
  @EnumSource(Executor.class)
  void productsOfMatrices(Executor executor) {
    double[][] rows = {
      {1, 2, 3}, {0, 0, 0}, {INF, 1, 1}, {NAN, 0, 0}, {-INF, INF, 1}, {0x1p100, -0x1p100, 1}
    };
    double[][] columns = {{1, 1, 1}, {0, 0, 0}, {0, INF, 0}, {NAN, 0, 0}, {0x1p100, 0, 0}};
    for (int copies : new int[] {1, 11}) {
      int m = copies * rows.length;
      int n = copies * columns.length;
      Input a = Input.of("a", m, 3);
      Input b = Input.of("b", n, 3);
      double[] u = new double[m * 3];
      double[] v = new double[n * 3];
      Arrays.setAll(u, i -> rows[i / 3 % rows.length][i % 3]);
      Arrays.setAll(v, i -> columns[i / 3 % columns.length][i % 3]);
      Map<Input, Tensor> values = Map.of(a, Tensor.of(a.shape(), u), b, Tensor.of(b.shape(), v));
      Tensor y = executor.run(List.of(a.matmul(b.transpose())), values).get(0);
      for (int i = 0; i < m * n; i++) {
        double[] row = rows[i / n % rows.length];
        double[] column = columns[i % n % columns.length];
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum = executor.round(sum + row[k] * column[k]); // one rounding, as of fma
        }
        String what = Arrays.toString(row) + " · " + Arrays.toString(column);
        check(executor, sum, y.at(i), what);
      }
    }
    Input left = Input.of("left", 2, 0);
    Input right = Input.of("right", 0, 2);
    Map<Input, Tensor> nothing =
        Map.of(left, Tensor.zeros(left.shape()), right, Tensor.zeros(right.shape()));
    Tensor zero = executor.run(List.of(left.matmul(right)), nothing).get(0);
    assertArrayEquals(new double[4], zero.toDoubles());
  }

  /** What is looked up, moved or not chosen keeps its neighbours clean. */
  @ParameterizedTest
  @EnumSource(Executor.class)
  void whatIsNotChosenCountsNowhere(Executor executor) {
    Input table = Input.of("table", 3, 2);
    Input index = Input.of("index", 2);
    Input mask = Input.of("mask", 3, 2);
    Node rows = table.gather(index);
    Node chosen = mask.select(table, Node.constant(5));
    Node slope = Gradients.of(rows.sum(), List.of(table)).get(0);
    Node masked = Gradients.of(chosen.square().sum(), List.of(table)).get(0);
    List<Tensor> actual =
        executor.run(
            List.of(rows, chosen, slope, masked),
            Map.of(
                table, Tensor.of(table.shape(), NAN, 1, 2, INF, 3, 4),
                index, Tensor.of(2, 1),
                mask, Tensor.of(mask.shape(), 0.0, 1, 1, 0, 1, -0.0)));
    assertArrayEquals(new double[] {3, 4, 2, INF}, actual.get(0).toDoubles());
    assertArrayEquals(new double[] {5, 1, 2, 5, 3, 5}, actual.get(1).toDoubles());
    assertArrayEquals(new double[] {0, 0, 1, 1, 1, 1}, actual.get(2).toDoubles());
    assertArrayEquals(new double[] {0, 2, 4, 0, 6, 0}, actual.get(3).toDoubles());
  }

  /** Compares; zeros of either sign are one, and what a precision rounds is rounded. */
  private static void check(Executor executor, double expected, double actual, String what) {
    double e = executor.round(expected);
    boolean wide = executor.precision() == Precision.FLOAT64;
    double tolerance =
        (wide ? 1e-13 : 1e-6) * Math.abs(e) + (wide ? Double.MIN_VALUE : Float.MIN_VALUE);
    boolean same = e == actual || Double.isNaN(e) && Double.isNaN(actual);
    boolean close = Double.isFinite(e) && Math.abs(e - actual) <= tolerance;
    if (!same && !close) {
      fail(executor + ": " + what + " is " + actual + ", and should be " + e);
    }
  }
}
