package dev.rnn4j.graph.op;

import static dev.rnn4j.graph.op.OpCase.Domain.apart;
import static dev.rnn4j.graph.op.OpCase.Domain.away;
import static dev.rnn4j.graph.op.OpCase.Domain.between;
import static dev.rnn4j.graph.op.OpCase.Domain.whole;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.OpCase.Domain;
import dev.rnn4j.graph.op.OpCase.Formula;
import dev.rnn4j.graph.op.OpCase.Operand;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Every op, the shapes it is tried on, and what it should compute, by hand. */
final class OpTable {
  /** Shapes for ops of one operand: empty, one, primes, larger than a tile. */
  private static final int[][] SHAPES = {
    {}, {0}, {1}, {7}, {3, 5}, {1, 1}, {2, 0, 3}, {2, 3, 5}, {2, 1, 3, 2}, {1031}, {2, 601}
  };

  /** Pairs that broadcast, of ranks 0 to 4, and what they broadcast to. */
  private static final int[][][] PAIRS = {
    {{}, {}, {}},
    {{}, {3}, {3}},
    {{3}, {}, {3}},
    {{5}, {1}, {5}},
    {{1}, {0}, {0}},
    {{0}, {0}, {0}},
    {{3, 5}, {3, 5}, {3, 5}},
    {{2, 3}, {3}, {2, 3}},
    {{3}, {2, 3}, {2, 3}},
    {{2, 1}, {1, 3}, {2, 3}},
    {{2, 3, 5}, {3, 1}, {2, 3, 5}},
    {{4, 1, 3}, {2, 3}, {4, 2, 3}},
    {{2, 3, 1, 5}, {3, 2, 1}, {2, 3, 2, 5}},
    {{}, {2, 3, 4, 2}, {2, 3, 4, 2}},
    {{7, 1, 1, 2}, {1, 3, 1, 1}, {7, 3, 1, 2}},
    {{2, 0}, {1, 1}, {2, 0}},
    {{2, 601}, {2, 1}, {2, 601}},
  };

  private static final int[][][] TRIPLES = {
    {{}, {}, {}, {}},
    {{3}, {3}, {3}, {3}},
    {{}, {2, 3}, {3}, {2, 3}},
    {{2, 1}, {1, 3}, {}, {2, 3}},
    {{2, 3, 4, 2}, {4, 1}, {3, 1, 1}, {2, 3, 4, 2}},
    {{0, 1}, {}, {1, 3}, {0, 3}},
    {{2, 1}, {2, 601}, {601}, {2, 601}},
  };

  private final Map<Class<? extends Op>, List<OpCase>> rows = new LinkedHashMap<>();

  private OpTable() {
    leaves();
    elementwise();
    comparisons();
    views();
    joins();
    products();
    reductions();
    rowwise();
    lookups();
    random();
    checks();
  }

  static Map<Class<? extends Op>, List<OpCase>> rows() {
    return new OpTable().rows;
  }

  // ---------------------------------------------------------------- by kind

  private void leaves() {
    for (int[] shape : SHAPES) {
      Shape sizes = Shape.of(shape);
      row(Leaf.class, "parameter", x -> x.get(0), shape, (i, x) -> x.get(0).get(i), any(shape));
      Tensor ramp =
          Tensor.of(sizes, IntStream.range(0, sizes.elements()).asDoubleStream().toArray());
      row(
          Constant.class,
          "constant",
          x -> Node.constant(ramp),
          shape,
          (i, x) -> Indices.position(sizes, i));
      row(
          Constant.class,
          "filled",
          x -> Node.apply(Constant.filled(sizes, 0.25)),
          shape,
          (i, x) -> 0.25);
      row(Constant.class, "zeros", x -> Node.zeros(shape), shape, (i, x) -> 0);
      row(Constant.class, "ones", x -> Node.ones(shape), shape, (i, x) -> 1);
    }
  }

  private void elementwise() {
    unary(Negate.class, Node::negate, a -> -a, between(-2, 2));
    unary(Abs.class, Node::abs, Math::abs, away(0.1, 2));
    unary(Sqrt.class, Node::sqrt, Math::sqrt, between(0.2, 3));
    unary(Square.class, Node::square, a -> a * a, between(-2, 2));
    unary(Exp.class, Node::exp, Math::exp, between(-3, 2));
    unary(Log.class, Node::log, Math::log, between(0.2, 5));
    unary(Tanh.class, Node::tanh, Math::tanh, between(-3, 3));
    unary(Sigmoid.class, Node::sigmoid, a -> 1 / (1 + Math.exp(-a)), between(-4, 4));
    unary(Relu.class, Node::relu, a -> a > 0 ? a : 0, away(0.1, 2));
    unary(Softplus.class, Node::softplus, a -> Math.log(1 + Math.exp(a)), between(-4, 4));
    unary(Cosine.class, Cosine::cos, Math::cos, between(-4, 4));
    unary(Cosine.class, Cosine::sin, Math::sin, between(-4, 4));
    unary(Subtract.class, Node::complement, a -> 1 - a, between(-2, 2));
    unary(Add.class, a -> a.plus(2.5), a -> a + 2.5, between(-2, 2));
    unary(Subtract.class, a -> a.minus(2.5), a -> a - 2.5, between(-2, 2));
    unary(Multiply.class, a -> a.times(2.5), a -> a * 2.5, between(-2, 2));
    unary(Divide.class, a -> a.dividedBy(2.5), a -> a / 2.5, between(-2, 2));
    for (double exponent : new double[] {-2, -1, 0, 0.5, 1, 2, 3}) {
      unary(
          Power.class,
          a -> a.power(exponent),
          a -> Math.pow(a, exponent),
          exponent == Math.rint(exponent) ? away(0.3, 2) : between(0.3, 2));
    }
    binary(Add.class, Node::plus, (a, b) -> a + b, between(-2, 2), between(-2, 2));
    binary(Subtract.class, Node::minus, (a, b) -> a - b, between(-2, 2), between(-2, 2));
    binary(Multiply.class, Node::times, (a, b) -> a * b, between(-2, 2), between(-2, 2));
    binary(Divide.class, Node::dividedBy, (a, b) -> a / b, between(-2, 2), away(0.3, 2));
    binary(Power.class, Node::power, Math::pow, between(0.3, 2), between(-2, 2));
    binary(Maximum.class, Node::maximum, (a, b) -> a > b ? a : b, apart(0), apart(0.125));
    binary(Minimum.class, Node::minimum, (a, b) -> a < b ? a : b, apart(0), apart(0.125));
    binary(
        TanhGradient.class,
        (a, b) -> Node.apply(TanhGradient.OP, a, b),
        (a, b) -> (1 - a * a) * b,
        between(-1, 1),
        between(-2, 2));
    binary(
        SigmoidGradient.class,
        (a, b) -> Node.apply(SigmoidGradient.OP, a, b),
        (a, b) -> a * (1 - a) * b,
        between(0, 1),
        between(-2, 2));
    binary(
        ReluGradient.class,
        (a, b) -> Node.apply(ReluGradient.OP, a, b),
        (a, b) -> a > 0 ? b : 0,
        away(0.1, 2),
        between(-2, 2));
    for (int[][] triple : TRIPLES) {
      row(
          Select.class,
          "select",
          x -> x.get(0).select(x.get(1), x.get(2)),
          triple[3],
          (i, x) -> Indices.broadcast(x.get(Indices.broadcast(x.get(0), i) != 0 ? 1 : 2), i),
          new Operand(Shape.of(triple[0]), whole(-1, 2), true),
          any(triple[1]),
          any(triple[2]));
    }
  }

  private void comparisons() {
    compare(Equal.class, Node::equalTo, (a, b) -> a == b ? 1 : 0);
    compare(Greater.class, Node::greaterThan, (a, b) -> a > b ? 1 : 0);
    compare(Greater.class, Node::lessThan, (a, b) -> a < b ? 1 : 0);
    compare(GreaterOrEqual.class, Node::greaterOrEqualTo, (a, b) -> a >= b ? 1 : 0);
    compare(GreaterOrEqual.class, Node::lessOrEqualTo, (a, b) -> a <= b ? 1 : 0);
    binary(Maximum.class, Node::maximum, Math::max, whole(-1, 2), whole(-1, 2), false);
    binary(Minimum.class, Node::minimum, Math::min, whole(-1, 2), whole(-1, 2), false);
  }

  private void views() {
    for (int[] shape : SHAPES) {
      Formula same = (i, x) -> x.get(0).get(i);
      single(StopGradient.class, "stopGradient", Node::stopGradient, shape, same, shape, false);
      row(
          State.class,
          "state",
          x -> Node.apply(new State("h", true), x.get(0)),
          shape,
          same,
          any(shape));
    }
    transpose(new int[] {3, 5}, null, new int[] {5, 3}, 1, 0);
    transpose(new int[] {2, 3, 5}, null, new int[] {2, 5, 3}, 0, 2, 1);
    transpose(new int[] {1, 7}, null, new int[] {7, 1}, 1, 0);
    transpose(new int[] {0, 7}, null, new int[] {7, 0}, 1, 0);
    transpose(new int[] {2, 3, 5}, new int[] {2, 0, 1}, new int[] {5, 2, 3}, 2, 0, 1);
    transpose(new int[] {2, 1, 3, 5}, new int[] {3, 1, 0, 2}, new int[] {5, 1, 2, 3}, 3, 1, 0, 2);
    transpose(new int[] {2, 3, 5}, new int[] {-1, 0, -2}, new int[] {5, 2, 3}, 2, 0, 1);
    transpose(new int[] {7}, new int[] {0}, new int[] {7}, 0);

    reshape(new int[] {2, 3, 5}, new int[] {6, 5}, new int[] {6, 5});
    reshape(new int[] {2, 3, 5}, new int[] {5, 6}, new int[] {5, 6});
    reshape(new int[] {2, 3, 5}, new int[] {3, -1}, new int[] {3, 10});
    reshape(new int[] {6}, new int[] {1, 2, 1, 3}, new int[] {1, 2, 1, 3});
    reshape(new int[] {1, 1}, new int[] {}, new int[] {});
    reshape(new int[] {}, new int[] {1, 1}, new int[] {1, 1});
    reshape(new int[] {0, 3}, new int[] {-1, 3}, new int[] {0, 3});
    reshape(new int[] {0, 3}, new int[] {7, 0}, new int[] {7, 0});

    broadcast(new int[] {}, new int[] {3});
    broadcast(new int[] {3}, new int[] {2, 3});
    broadcast(new int[] {2, 1}, new int[] {2, 3});
    broadcast(new int[] {1, 3, 1}, new int[] {2, 3, 5});
    broadcast(new int[] {3, 1}, new int[] {2, 3, 5});
    broadcast(new int[] {1}, new int[] {0});
    broadcast(new int[] {2, 1}, new int[] {2, 601});

    slice(new int[] {7}, 0, 2, 5);
    slice(new int[] {3, 5}, 0, 0, 2);
    slice(new int[] {3, 5}, 1, 1, 5);
    slice(new int[] {3, 5}, -1, 2, 2);
    slice(new int[] {2, 3, 5}, 1, 0, 3);
    slice(new int[] {2, 3, 5}, -2, 1, 2);
    slice(new int[] {0, 5}, 1, 1, 3);

    for (int t : new int[] {0, 2, 4}) {
      step(new int[] {5}, t, new int[] {});
      step(new int[] {5, 1, 3}, t, new int[] {1, 3});
      step(new int[] {5, 0}, t, new int[] {0});
    }
    step(new int[] {1, 7}, 0, new int[] {7});
  }

  private void joins() {
    concat(0, new int[] {7}, new int[] {2}, new int[] {5});
    concat(0, new int[] {3}, new int[] {3});
    concat(0, new int[] {6, 2}, new int[] {1, 2}, new int[] {0, 2}, new int[] {5, 2});
    concat(1, new int[] {3, 6}, new int[] {3, 1}, new int[] {3, 2}, new int[] {3, 3});
    concat(-1, new int[] {2, 3, 4}, new int[] {2, 3, 1}, new int[] {2, 3, 3});
    concat(1, new int[] {2, 4, 3}, new int[] {2, 1, 3}, new int[] {2, 3, 3});
    concat(1, new int[] {1, 4, 3}, new int[] {1, 1, 3}, new int[] {1, 3, 3});
    concat(1, new int[] {0, 5}, new int[] {0, 2}, new int[] {0, 3});
    for (int[] shape : new int[][] {{}, {0}, {1}, {7}, {3, 5}, {2, 1, 3}}) {
      for (int count : new int[] {1, 2, 5}) {
        Operand[] parts = new Operand[count];
        Arrays.fill(parts, any(shape));
        row(
            Stack.class,
            "stack",
            Node::stack,
            Indices.insert(shape, 0, count),
            (i, x) -> x.get(i[0]).get(Arrays.copyOfRange(i, 1, i.length)),
            parts);
        row(
            SumOf.class,
            "sum",
            Node::sum,
            shape,
            (i, x) -> x.stream().mapToDouble(part -> part.get(i)).sum(),
            parts);
      }
    }
    row(
        SumOf.class,
        "sum of one node twice",
        x -> Node.sum(List.of(x.get(0), x.get(1), x.get(0))),
        new int[] {3, 2},
        (i, x) -> 2 * x.get(0).get(i) + x.get(1).get(i),
        any(3, 2),
        any(3, 2));
    row(
        Stack.class,
        "stack of one node twice",
        x -> Node.stack(List.of(x.get(0), x.get(1), x.get(0))),
        new int[] {3, 2},
        (i, x) -> x.get(i[0] % 2).get(i[1]),
        any(2),
        any(2));
  }

  private void products() {
    matmul(new int[] {2, 3}, new int[] {3, 5}, new int[] {2, 5});
    matmul(new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 1});
    matmul(new int[] {7, 13}, new int[] {13, 11}, new int[] {7, 11});
    matmul(new int[] {1, 13}, new int[] {13, 11}, new int[] {1, 11});
    matmul(new int[] {37, 17}, new int[] {17, 19}, new int[] {37, 19});
    matmul(new int[] {3, 521}, new int[] {521, 3}, new int[] {3, 3});
    matmul(new int[] {0, 3}, new int[] {3, 2}, new int[] {0, 2});
    matmul(new int[] {3, 0}, new int[] {0, 2}, new int[] {3, 2});
    matmul(new int[] {3, 2}, new int[] {2, 0}, new int[] {3, 0});
    matmul(new int[] {2, 3, 5}, new int[] {5, 7}, new int[] {2, 3, 7});
    matmul(new int[] {2, 1, 3, 5}, new int[] {5, 2}, new int[] {2, 1, 3, 2});
    matmul(new int[] {0, 3, 5}, new int[] {5, 2}, new int[] {0, 3, 2});
    matmul(new int[] {2, 0, 5}, new int[] {5, 2}, new int[] {2, 0, 2});
    matmul(new int[] {2, 3, 5}, new int[] {2, 5, 7}, new int[] {2, 3, 7});
    matmul(new int[] {1, 3, 5}, new int[] {1, 5, 7}, new int[] {1, 3, 7});
    matmul(new int[] {2, 17, 19}, new int[] {2, 19, 23}, new int[] {2, 17, 23});
    matmul(new int[] {2, 3, 2, 5}, new int[] {2, 3, 5, 2}, new int[] {2, 3, 2, 2});
    matmul(new int[] {0, 3, 5}, new int[] {0, 5, 2}, new int[] {0, 3, 2});
    matmul(new int[] {2, 3, 0}, new int[] {2, 0, 5}, new int[] {2, 3, 5});
    matmul(new int[] {2, 3, 5}, new int[] {2, 5, 0}, new int[] {2, 3, 0});
  }

  private void reductions() {
    for (int[] shape : SHAPES) {
      reduce(shape);
    }
    reduce(new int[] {3, 5}, 0);
    reduce(new int[] {3, 5}, 1);
    reduce(new int[] {3, 5}, -1, 0);
    reduce(new int[] {2, 3, 5}, 0, 2);
    reduce(new int[] {2, 3, 5}, 1);
    reduce(new int[] {2, 3, 5}, 1, 2);
    reduce(new int[] {2, 3, 5, 2}, 0, 2);
    reduce(new int[] {2, 3, 5, 2}, 1, 3);
    reduce(new int[] {1, 1, 7}, 0);
    reduce(new int[] {3, 5});
    reduce(new int[] {0, 3}, 0);
    reduce(new int[] {0, 3}, 1);
    reduce(new int[] {2, 601}, 1);
    reduce(new int[] {601, 2}, 0);
  }

  private void rowwise() {
    double epsilon = 0.1;
    // Not where a look repeats the last axis: float32 rounds the mean of equal numbers.
    int[][] shapes = {{1}, {3, 5}, {1, 1}, {2, 0}, {0, 3}, {2, 1, 3, 2}, {3, 37}, {2, 601}};
    for (int[] shape : shapes) {
      row(
          Normalize.class,
          "normalize",
          x -> x.get(0).normalize(epsilon),
          shape,
          (i, x) -> normalized(x.get(0), i, epsilon)[i[i.length - 1]],
          any(shape));
      row(
          NormalizeGradient.class,
          "normalizeGradient",
          x -> NormalizeGradient.of(x.get(0), x.get(1), epsilon),
          shape,
          (i, x) -> {
            double[] xHat = normalized(x.get(0), i, epsilon);
            double[] g = lastAxis(x.get(1), i);
            double products = 0;
            for (int j = 0; j < g.length; j++) {
              products += g[j] * xHat[j] / g.length;
            }
            int j = i[i.length - 1];
            double mean = Arrays.stream(g).average().orElseThrow();
            return (g[j] - mean - xHat[j] * products)
                / Math.sqrt(variance(lastAxis(x.get(0), i)) + epsilon);
          },
          any(shape),
          any(shape));
    }
  }

  private static double[] normalized(Tensor x, int[] index, double epsilon) {
    double[] row = lastAxis(x, index);
    double mean = Arrays.stream(row).average().orElseThrow();
    double deviation = Math.sqrt(variance(row) + epsilon);
    return Arrays.stream(row).map(value -> (value - mean) / deviation).toArray();
  }

  private static double variance(double[] row) {
    double mean = Arrays.stream(row).average().orElseThrow();
    return Arrays.stream(row).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
  }

  /** Returns the row that an element lies in. */
  private static double[] lastAxis(Tensor x, int[] index) {
    int[] at = index.clone();
    double[] row = new double[x.shape().size(-1)];
    for (int j = 0; j < row.length; j++) {
      at[at.length - 1] = j;
      row[j] = x.get(at);
    }
    return row;
  }

  private void checks() {
    Domain ones = whole(1, 2);
    for (int[] shape : SHAPES) {
      row(
          ClassIndex.class,
          "classIndex",
          x -> ClassIndex.of(x.get(0), 5),
          shape,
          (i, x) -> x.get(0).get(i),
          new Operand(Shape.of(shape), whole(0, 5), true));
      row(
          CtcLabel.class,
          "ctcLabel",
          x -> CtcLabel.of(x.get(0), x.get(1), 5, 0),
          shape,
          (i, x) -> x.get(0).get(i),
          new Operand(Shape.of(shape), whole(1, 5), true),
          new Operand(Shape.of(shape), whole(1, 2), true));
      row(
          OfProbabilities.class,
          "ofProbabilities",
          x -> OfProbabilities.of(x.get(0), x.get(1)),
          shape,
          (i, x) -> x.get(0).get(i),
          any(shape),
          new Operand(Shape.of(Indices.insert(shape, shape.length, 1)), ones, true));
      row(
          WithinRange.class,
          "withinRange",
          x -> WithinRange.of(x.get(0), x.get(1), x.get(2), 0, 4, "it is from 0 to 4"),
          shape,
          (i, x) -> x.get(0).get(i),
          any(shape),
          new Operand(Shape.of(3), whole(0, 5), true),
          new Operand(Shape.of(3), whole(0, 5), true));
      row(
          EuclideanNorm.class,
          "norm",
          x -> EuclideanNorm.of(x),
          new int[0],
          (i, x) -> Math.sqrt(squares(x.get(0)) + squares(x.get(1))),
          any(shape),
          any(3, 2));
    }
  }

  private static double squares(Tensor x) {
    return Arrays.stream(x.toDoubles()).map(value -> value * value).sum();
  }

  private void lookups() {
    int[][][] shapes = {
      {{5, 3}, {7}, {7, 3}},
      {{5, 3}, {}, {3}},
      {{1, 1}, {2, 3}, {2, 3, 1}},
      {{5, 3}, {0}, {0, 3}},
      {{5, 0}, {2}, {2, 0}},
      {{7, 2}, {2, 1, 3}, {2, 1, 3, 2}},
    };
    for (int[][] s : shapes) {
      Operand indices = new Operand(Shape.of(s[1]), whole(0, s[0][0]), true);
      row(
          Gather.class,
          "gather",
          x -> x.get(0).gather(x.get(1)),
          s[2],
          (i, x) ->
              x.get(0).get((int) x.get(1).get(Indices.first(i, i.length - 1)), i[i.length - 1]),
          any(s[0]),
          indices);
      row(
          ScatterAdd.class,
          "scatterAdd",
          x -> Node.apply(new ScatterAdd(s[0][0]), x.get(0), x.get(1)),
          s[0],
          (i, x) -> {
            double sum = 0;
            for (int[] at : Indices.of(x.get(1).shape())) {
              boolean here = x.get(1).get(at) == i[0];
              sum += here ? x.get(0).get(Indices.insert(at, at.length, i[1])) : 0;
            }
            return sum;
          },
          any(s[2]),
          indices);
    }
  }

  // ---------------------------------------------------------------- shorthands

  private void unary(
      Class<? extends Op> op,
      Function<Node, Node> build,
      DoubleUnaryOperator formula,
      Domain domain) {
    for (int[] shape : SHAPES) {
      row(
          op,
          op.getSimpleName(),
          x -> build.apply(x.get(0)),
          shape,
          (i, x) -> formula.applyAsDouble(x.get(0).get(i)),
          new Operand(Shape.of(shape), domain, false));
    }
  }

  /** An op of two nodes. */
  private interface Binary {
    Node of(Node a, Node b);
  }

  private void binary(
      Class<? extends Op> op, Binary build, DoubleBinaryOperator formula, Domain a, Domain b) {
    binary(op, build, formula, a, b, true);
  }

  private void compare(Class<? extends Op> op, Binary build, DoubleBinaryOperator formula) {
    binary(op, build, formula, apart(0), apart(0.125), false);
    binary(op, build, formula, whole(-1, 2), whole(-1, 2), false);
  }

  private void binary(
      Class<? extends Op> op,
      Binary build,
      DoubleBinaryOperator formula,
      Domain a,
      Domain b,
      boolean smooth) {
    for (int[][] pair : PAIRS) {
      OpCase row =
          new OpCase(
              op.getSimpleName(),
              List.of(
                  new Operand(Shape.of(pair[0]), a, false),
                  new Operand(Shape.of(pair[1]), b, false)),
              x -> build.of(x.get(0), x.get(1)),
              Shape.of(pair[2]),
              (i, x) ->
                  formula.applyAsDouble(
                      Indices.broadcast(x.get(0), i), Indices.broadcast(x.get(1), i)),
              smooth);
      add(op, row);
    }
  }

  private void transpose(int[] from, int[] given, int[] to, int... axes) {
    row(
        Transpose.class,
        "transpose " + Arrays.toString(given),
        x -> given == null ? x.get(0).transpose() : x.get(0).transpose(given),
        to,
        (i, x) -> {
          int[] source = new int[i.length];
          for (int axis = 0; axis < axes.length; axis++) {
            source[axes[axis]] = i[axis];
          }
          return x.get(0).get(source);
        },
        any(from));
  }

  private void reshape(int[] from, int[] given, int[] to) {
    row(
        Reshape.class,
        "reshape to " + Arrays.toString(given),
        x -> x.get(0).reshape(given),
        to,
        (i, x) -> x.get(0).at(Indices.position(Shape.of(to), i)),
        any(from));
  }

  private void broadcast(int[] from, int[] to) {
    row(
        BroadcastTo.class,
        "broadcast to " + Arrays.toString(to),
        x -> x.get(0).broadcastTo(Shape.of(to)),
        to,
        (i, x) -> Indices.broadcast(x.get(0), i),
        any(from));
  }

  private void slice(int[] from, int axis, int first, int end) {
    int counted = axis < 0 ? axis + from.length : axis;
    row(
        Slice.class,
        "slice " + axis + " from " + first + " to " + end,
        x -> x.get(0).slice(axis, first, end),
        Indices.with(from, counted, end - first),
        (i, x) -> x.get(0).get(Indices.with(i, counted, i[counted] + first)),
        any(from));
  }

  private void step(int[] from, int t, int[] to) {
    row(
        StepOf.class,
        "step " + t,
        x -> x.get(0).step(t),
        to,
        (i, x) -> x.get(0).get(Indices.insert(i, 0, t)),
        any(from));
  }

  private void concat(int axis, int[] to, int[]... parts) {
    int counted = axis < 0 ? axis + to.length : axis;
    row(
        Concat.class,
        "concat " + axis,
        x -> Node.concat(axis, x),
        to,
        (i, x) -> {
          int rest = i[counted];
          int part = 0;
          while (rest >= x.get(part).shape().size(counted)) {
            rest -= x.get(part++).shape().size(counted);
          }
          return x.get(part).get(Indices.with(i, counted, rest));
        },
        Arrays.stream(parts).map(OpTable::any).toArray(Operand[]::new));
  }

  private void matmul(int[] left, int[] right, int[] to) {
    row(
        Matmul.class,
        "matmul",
        x -> x.get(0).matmul(x.get(1)),
        to,
        (i, x) -> {
          double sum = 0;
          int row = i.length - 2;
          int column = i.length - 1;
          for (int k = 0; k < x.get(0).shape().size(-1); k++) {
            int[] b =
                x.get(1).shape().rank() == 2 ? new int[] {k, i[column]} : Indices.with(i, row, k);
            sum += x.get(0).get(Indices.with(i, column, k)) * x.get(1).get(b);
          }
          return sum;
        },
        any(left),
        any(right));
  }

  /** Sums, means and maxima: over all axes where none is named. */
  private void reduce(int[] from, int... axes) {
    boolean all = axes.length == 0;
    List<Integer> folded = new ArrayList<>();
    for (int axis = 0; axis < from.length; axis++) {
      int counted = axis;
      if (all || Arrays.stream(axes).anyMatch(a -> a == counted || a + from.length == counted)) {
        folded.add(axis);
      }
    }
    int[] rest =
        IntStream.range(0, from.length)
            .filter(a -> !folded.contains(a))
            .map(a -> from[a])
            .toArray();
    int[] kept = from.clone();
    folded.forEach(axis -> kept[axis] = 1);
    int count = folded.stream().mapToInt(axis -> from[axis]).reduce(1, (a, b) -> a * b);

    Formula sum = (i, x) -> Indices.fold(x.get(0), i, folded::contains, 0, Double::sum);
    Formula max =
        (i, x) -> Indices.fold(x.get(0), i, folded::contains, Double.NEGATIVE_INFINITY, Math::max);
    Formula mean = (i, x) -> sum.at(i, x) / count;
    String over = " over " + folded;
    row(SumOver.class, "sum" + over, x -> sum(x.get(0), axes), rest, sum, any(from));
    boolean some = count > 0; // the largest of nothing is −∞, which has no differences
    single(MaxOver.class, "max" + over, x -> max(x, axes), rest, max, from, some);
    if (count > 0) {
      row(SumOver.class, "mean" + over, x -> mean(x.get(0), axes), rest, mean, any(from));
    }
    if (!all) {
      row(
          SumOver.class,
          "sumKeeping" + over,
          x -> x.get(0).sumKeeping(axes),
          kept,
          (i, x) -> sum.at(without(i, folded), x),
          any(from));
      single(
          MaxOver.class,
          "maxKeeping" + over,
          x -> x.maxKeeping(axes),
          kept,
          (i, x) -> max.at(without(i, folded), x),
          from,
          some);
    }
    if (folded.equals(List.of(from.length - 1)) && count > 0) {
      row(
          SumOver.class,
          "logSumExp",
          x -> x.get(0).logSumExp(),
          rest,
          (i, x) ->
              Math.log(Indices.fold(x.get(0), i, folded::contains, 0, (s, a) -> s + Math.exp(a))),
          any(from));
      row(
          SumOver.class,
          "softmax",
          x -> x.get(0).softmax(),
          from,
          (i, x) ->
              Math.exp(x.get(0).get(i))
                  / Indices.fold(
                      x.get(0), without(i, folded), folded::contains, 0, (s, a) -> s + Math.exp(a)),
          any(from));
    }
  }

  private void random() {
    int[][] shapes = {
      {2, 3, 5}, {3, 1, 130}, {1, 2, 64}, {4, 3}, {2, 3, 0}, {0, 2, 3}, {2, 3, 2, 33}
    };
    for (int[] shape : shapes) {
      for (int axes = 0; axes < 4; axes++) {
        boolean overTime = axes % 2 == 1;
        boolean overBatch = axes > 1;
        row(
            RandomUniform.class,
            "uniform over " + (overTime ? "time" : "") + (overBatch ? " batch" : ""),
            x ->
                Node.apply(
                    new RandomUniform("a#0", Shape.of(shape), overTime, overBatch), x.get(0)),
            shape,
            (i, x) -> uniform(x.get(0), Shape.of(shape), i, overTime, overBatch),
            new Operand(Shape.of(12), whole(0, 1 << 16), true));
      }
    }
  }

  /** Returns an element from its words, one after the other. */
  private static double uniform(
      Tensor key, Shape shape, int[] index, boolean overTime, boolean overBatch) {
    int lead = (overTime ? 1 : 0) + (overBatch ? 1 : 0);
    int j = 0;
    for (int axis = lead; axis < index.length; axis++) {
      j = j * shape.size(axis) + index[axis];
    }
    int[] words = new int[4];
    long hash = Hashing.farmHashFingerprint64().hashString("a#0", UTF_8).asLong();
    Philox.block(joined(key, 0, 4), hash, joined(key, 4, 4), words);
    long stream = words[0] & 0xFFFFFFFFL | (long) words[1] << 32;
    long t = overTime ? joined(key, 8, 2) + index[0] : 0;
    long n = overBatch ? joined(key, 10, 2) + index[lead - 1] : 0;
    Philox.block(stream, n << 32 | t & 0xFFFFFFFFL, j / 64 * 16 + j % 16, words);
    return (words[j % 64 / 16] >>> 8) / (double) (1 << 24);
  }

  private static long joined(Tensor pieces, int from, int count) {
    long whole = 0;
    for (int i = 0; i < count; i++) {
      whole += (long) pieces.at(from + i) << 16 * i;
    }
    return whole;
  }

  private static Node sum(Node x, int... axes) {
    return axes.length == 0 ? x.sum() : x.sum(axes);
  }

  private static Node mean(Node x, int... axes) {
    return axes.length == 0 ? x.mean() : x.mean(axes);
  }

  private static Node max(Node x, int... axes) {
    return axes.length == 0 ? x.max() : x.max(axes);
  }

  private static int[] without(int[] index, List<Integer> axes) {
    return IntStream.range(0, index.length)
        .filter(axis -> !axes.contains(axis))
        .map(axis -> index[axis])
        .toArray();
  }

  private static Operand any(int... shape) {
    return new Operand(Shape.of(shape), between(-2, 2), false);
  }

  private void single(
      Class<? extends Op> op,
      String name,
      Function<Node, Node> build,
      int[] shape,
      Formula formula,
      int[] operand,
      boolean smooth) {
    List<Operand> operands = List.of(any(operand));
    Function<List<Node>, Node> ofFirst = x -> build.apply(x.get(0));
    add(op, new OpCase(name, operands, ofFirst, Shape.of(shape), formula, smooth));
  }

  private void row(
      Class<? extends Op> op,
      String name,
      Function<List<Node>, Node> build,
      int[] shape,
      Formula formula,
      Operand... operands) {
    boolean smooth = Arrays.stream(operands).anyMatch(operand -> !operand.fixed());
    add(op, new OpCase(name, List.of(operands), build, Shape.of(shape), formula, smooth));
  }

  private void add(Class<? extends Op> op, OpCase row) {
    rows.computeIfAbsent(op, absent -> new ArrayList<>()).add(row);
  }

  /** Returns a leaf for an operand: inputs and parameters take turns. */
  static Node leaf(int position, Shape shape, Tensor initial) {
    return position % 2 == 0
        ? Input.of("x" + position, shape)
        : Parameter.of("w" + position, initial);
  }
}
