package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elman cells over sequences: values by hand, gradients, states, halves, and rows. */
class RecurrentTest {
  private static final int I = 3;
  private static final int H = 4;
  private final Draw draw = new Draw(new Random(21));

  private ElmanCell cell(int inputSize, int hiddenSize, Activation activation) {
    return new ElmanCell(
        new Gate(
            Parameter.of("weightIh", draw.uniform(Shape.of(inputSize, hiddenSize), -0.6, 0.6)),
            Parameter.of("weightHh", draw.uniform(Shape.of(hiddenSize, hiddenSize), -0.6, 0.6)),
            Parameter.of("bias", draw.uniform(Shape.of(hiddenSize), -0.3, 0.3))),
        activation);
  }

  static Stream<Arguments> activationsAndLengths() {
    return Stream.of(Activation.values())
        .flatMap(f -> Stream.of(1, 2, 7, 100).map(length -> Arguments.of(f, length)));
  }

  private static DoubleUnaryOperator formula(Activation activation) {
    return switch (activation) {
      case TANH -> Math::tanh;
      case SIGMOID -> a -> 1 / (1 + Math.exp(-a));
      case RELU -> a -> Math.max(a, 0);
      case IDENTITY -> a -> a;
    };
  }

  /** h′ = φ(x·W + h·U + b), one number after the other. */
  private static double[][][] byHand(
      ElmanCell cell, double[][] x0, Tensor x, DoubleUnaryOperator f) {
    Tensor w = cell.gate().weightIh().initial();
    Tensor u = cell.gate().weightHh().initial();
    Tensor b = cell.gate().bias().initial();
    double[][] h = x0;
    double[][][] outputs = new double[x.shape().size(0)][][];
    for (int t = 0; t < outputs.length; t++) {
      double[][] next = new double[h.length][u.shape().size(0)];
      for (int n = 0; n < h.length; n++) {
        for (int j = 0; j < next[n].length; j++) {
          double a = b.get(j);
          for (int i = 0; i < w.shape().size(0); i++) {
            a += x.get(t, n, i) * w.get(i, j);
          }
          for (int k = 0; k < next[n].length; k++) {
            a += h[n][k] * u.get(k, j);
          }
          next[n][j] = f.applyAsDouble(a);
        }
      }
      outputs[t] = next;
      h = next;
    }
    return outputs;
  }

  @ParameterizedTest
  @MethodSource("activationsAndLengths")
  void elmanComputesItsFormula(Activation activation, int length) {
    ElmanCell cell = cell(I, H, activation);
    Tensor sequence = draw.uniform(Shape.of(length, 2, I), -1, 1);
    Tensor start = draw.uniform(Shape.of(2, H), -1, 1);
    Input x = Input.of("x", length, 2, I);
    Input h = Input.of("h", 2, H);
    Unrolled<ElmanCell.State> unrolled =
        new Recurrent<>(cell).unroll(Signal.of(x), new ElmanCell.State(h));
    Map<Node, Tensor> values = Map.of(x, sequence, h, start);

    Tensor expected = Tensor.of(byHand(cell, start.toMatrix(), sequence, formula(activation)));
    Tensor outputs = unrolled.outputs().values().eval(values);
    Agreement.assertClose(expected, outputs, 1e-13, "outputs");
    Tensor last = Node.constant(expected).step(length - 1).eval();
    Agreement.assertClose(last, unrolled.last().values().eval(values), 1e-13, "last output");
    Agreement.assertClose(last, unrolled.state().h().eval(values), 1e-13, "final state");
    assertEquals(length, unrolled.outputs().steps());
  }

  @ParameterizedTest
  @MethodSource("activationsAndLengths")
  void elmanHasGradients(Activation activation, int length) {
    ElmanCell cell = cell(I, H, activation);
    Input x = Input.of("x", length, 2, I);
    Input h = Input.of("h", 2, H);
    Unrolled<ElmanCell.State> unrolled =
        new Recurrent<>(cell).unroll(Signal.of(x), new ElmanCell.State(h));
    Node both = Node.concat(0, unrolled.outputs().values().mean(0), unrolled.state().h());
    Verify verify = Verify.of(both);
    List.of(cell.gate().weightIh(), cell.gate().weightHh(), cell.gate().bias())
        .forEach(p -> verify.at(p, p.initial()));
    if (length <= 7) {
      verify.gradients();
    }
    verify.plans();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void layersHaveGradients(int length) {
    Layer model =
        Stacked.of(
            new Recurrent<>(cell(I, H, Activation.TANH)),
            Dense.of(H, 2, new Random(1)),
            new Recurrent<>(cell(2, 3, Activation.SIGMOID)).last(),
            Dense.of(3, 1, new Random(2)));
    Node y = model.apply(Input.of("x", length, 2, I));
    assertEquals(Shape.of(2, 1), y.shape());
    Verify.of(y).all();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aReversedUnrollHasGradients(int length) {
    ElmanCell cell = cell(I, H, Activation.TANH);
    Input x = Input.of("x", length, 2, I);
    Unrolled<ElmanCell.State> unrolled = Unroll.backward(cell, Signal.of(x), cell.initialState(2));
    Verify.of(
            Node.concat(
                0,
                unrolled.outputs().values().step(0),
                unrolled.state().h(),
                unrolled.last().values()))
        .all();
  }

  // ---------------------------------------------------------------- equal to the last bit

  /** Evaluates nodes with every executor. */
  private static List<List<Tensor>> everywhere(List<Node> nodes, Map<Node, Tensor> values) {
    return List.of(
        Interpreter.eval(nodes, values),
        Agreement.run(Precision.FLOAT32, nodes, values),
        Agreement.run(Precision.FLOAT64, nodes, values));
  }

  private static void assertSame(Node a, Node b, Map<Node, Tensor> values) {
    List<List<Tensor>> ofA = everywhere(List.of(a), values);
    List<List<Tensor>> ofB = everywhere(List.of(b), values);
    for (int i = 0; i < ofA.size(); i++) {
      Agreement.assertSameBits(ofA.get(i).get(0), ofB.get(i).get(0), "executor " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void zerosGivenAreTheStateThatIsNotGiven(Activation activation) {
    ElmanCell cell = cell(I, H, activation);
    Input x = Input.of("x", 5, 2, I);
    Input zeros = Input.of("h", 2, H);
    Recurrent<ElmanCell.State> layer = new Recurrent<>(cell);
    Map<Node, Tensor> values =
        Map.of(x, draw.uniform(x.shape(), -1, 1), zeros, Tensor.zeros(zeros.shape()));
    assertSame(
        layer.apply(x),
        layer.unroll(Signal.of(x), new ElmanCell.State(zeros)).outputs().values(),
        values);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void twoHalvesAreTheWhole(Activation activation) {
    ElmanCell cell = cell(17, 19, activation);
    Recurrent<ElmanCell.State> layer = new Recurrent<>(cell);
    Input x = Input.of("x", 7, 3, 17);
    Unrolled<ElmanCell.State> first = layer.unroll(Signal.of(x.slice(0, 0, 3)));
    Unrolled<ElmanCell.State> second = layer.unroll(Signal.of(x.slice(0, 3, 7)), first.state());
    Map<Node, Tensor> values = Map.of(x, draw.uniform(x.shape(), -0.2, 0.2));
    Node whole = layer.apply(x);
    assertSame(whole, Node.concat(0, first.outputs().values(), second.outputs().values()), values);
    assertSame(whole.step(6), second.state().h(), values);
    assertSame(whole.step(2), first.state().h(), values);
  }

  @Test
  void aReversedUnrollReadsTheReversedSequence() {
    ElmanCell cell = cell(I, H, Activation.TANH);
    int length = 5;
    Input x = Input.of("x", length, 2, I);
    List<Node> steps = new ArrayList<>();
    for (int t = length - 1; t >= 0; t--) {
      steps.add(x.step(t));
    }
    Unrolled<ElmanCell.State> mirrored =
        new Recurrent<>(cell).unroll(Signal.of(Node.stack(steps)), cell.initialState(2));
    Unrolled<ElmanCell.State> backward = Unroll.backward(cell, Signal.of(x), cell.initialState(2));
    Map<Node, Tensor> values = Map.of(x, draw.uniform(x.shape(), -1, 1));
    for (int t = 0; t < length; t++) {
      assertSame(
          mirrored.outputs().values().step(t),
          backward.outputs().values().step(length - 1 - t),
          values);
    }
    assertSame(mirrored.state().h(), backward.state().h(), values);
    assertSame(backward.outputs().values().step(0), backward.state().h(), values);
    assertSame(backward.outputs().values().step(3), backward.outputs().values().step(3), values);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 33})
  void aSequenceGivesTheSameBitsInAnyBatch(int batch) {
    Layer model =
        Stacked.of(
            new Recurrent<>(cell(17, 19, Activation.TANH)),
            new Recurrent<>(cell(19, 5, Activation.SIGMOID)),
            Dense.of(5, 3, new Random(3)));
    Tensor all = draw.uniform(Shape.of(6, batch, 17), -1, 1);
    for (Precision precision : Precision.values()) {
      List<Tensor> together = outputAndInputGradient(model, all, precision);
      for (int n : new int[] {0, batch / 2, batch - 1}) {
        List<Tensor> alone = outputAndInputGradient(model, row(all, n), precision);
        for (int i = 0; i < alone.size(); i++) {
          String what = precision + ", row " + n + " of " + batch + ", result " + i;
          Agreement.assertSameBits(alone.get(i), row(together.get(i), n), what);
        }
      }
    }
  }

  private static List<Tensor> outputAndInputGradient(
      Layer model, Tensor sequence, Precision precision) {
    Input x = Input.of("x", sequence.shape());
    Node y = model.apply(x);
    Node gradient = Gradients.of(y.softmax().square().sum(), List.of(x)).get(0);
    Map<Node, Tensor> values = new HashMap<>();
    values.put(x, sequence);
    return Agreement.run(precision, List.of(y, gradient), values);
  }

  /** Returns sequence n of a batch {@code [T, N, I]}, as a batch of one. */
  private static Tensor row(Tensor batch, int n) {
    Tensor row = Node.constant(batch).slice(1, n, n + 1).eval();
    return row.to(batch.precision());
  }
}
