package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights [N] are of sequences, wherever the axis of sequences is. */
class WeightsTest {
  private static final UnaryOperator<Target> UNSAID = target -> target;
  private static final UnaryOperator<Target> TIME = target -> target.along(Axes.TIME_BATCH);
  private static final UnaryOperator<Target> BATCH = target -> target.along(Axes.BATCH);

  /** Returns 0, 1, 2 and so on: each element tells its place. */
  private static Tensor counting(int... sizes) {
    Shape shape = Shape.of(sizes);
    return Tensor.of(shape, IntStream.range(0, shape.elements()).asDoubleStream().toArray());
  }

  /** Returns the weights 0, 1 and 2 of three sequences. */
  private static Node weights() {
    return Node.constant(counting(3));
  }

  /** Returns Σ w·|y| where weights 0, 1, 2 and so on go along an axis. */
  private static double expected(Tensor y, int axis) {
    Shape shape = y.shape();
    int inner = IntStream.range(axis + 1, shape.rank()).map(shape::size).reduce(1, (a, b) -> a * b);
    return IntStream.range(0, shape.elements())
        .mapToDouble(i -> y.at(i) * (i / inner % shape.size(axis)))
        .sum();
  }

  private static double sum(Signal prediction, Tensor y, UnaryOperator<Target> axes) {
    Target target = axes.apply(Target.of(Node.constant(y)).weighted(weights()));
    return Losses.meanAbsoluteError().of(prediction, target).sum().eval().item();
  }

  private static double sum(Tensor y, UnaryOperator<Target> axes) {
    return sum(Signal.of(Node.zeros(y.shape())), y, axes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void theyWeighSequencesWhateverTheNumberOfSteps(int steps) {
    for (Tensor y : new Tensor[] {counting(steps, 3), counting(steps, 3, 2)}) {
      assertEquals(expected(y, 1), sum(y, TIME));
      Signal masked = Signal.of(Node.zeros(y.shape())).masked(Node.ones(steps, 3));
      assertEquals(expected(y, 1), sum(masked, y, TIME));
      assertEquals(expected(y, 1), sum(masked, y, UNSAID));
      if (steps != 3 || y.shape().rank() > 2) {
        assertEquals(expected(y, 1), sum(y, UNSAID));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void theyWeighSequencesWithoutTimeWhateverTheNumberOfOutputs(int outputs) {
    Tensor y = counting(3, outputs);
    assertEquals(expected(y, 0), sum(y, BATCH));
    if (outputs != 3) {
      assertEquals(expected(y, 0), sum(y, UNSAID));
    }
    Tensor matrices = counting(3, outputs, 2);
    assertEquals(expected(matrices, 0), sum(matrices, BATCH));
  }

  /** As many classes, levels or outputs as sequences: a target [N] has no time. */
  @Test
  void aTargetWithANumberForEachSequenceTells() {
    Tensor logits = Tensor.of(new double[][] {{1, 0, 0}, {0, 2, 0}, {0, 0, 3}});
    Node y = Node.constant(Tensor.of(0, 1, 2));
    Target target = Target.of(y).weighted(weights());
    double two = Math.log(1 + 2 * Math.exp(-2));
    double three = Math.log(1 + 2 * Math.exp(-3));
    for (Loss loss :
        new Loss[] {
          Losses.softmaxCrossEntropyOfIndices(), Losses.softmaxCrossEntropyOfIndices().ignoring(7)
        }) {
      LossSum sum = loss.of(Signal.of(Node.constant(logits)), target);
      assertEquals(two + 2 * three, sum.sum().eval().item(), 1e-14);
      assertEquals(3, sum.weight().eval().item());
    }
  }

  /** Of three words of each of three sequences, without time. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anIgnoredIndexLeavesThemOnTheirAxis(boolean time) {
    Tensor y = Tensor.of(new double[][] {{0, 1, -1}, {0, 0, 0}, {-1, -1, 1}});
    Target target = Target.of(Node.constant(y)).weighted(weights());
    LossSum sum =
        Losses.softmaxCrossEntropyOfIndices()
            .ignoring(-1)
            .of(Signal.of(Node.zeros(3, 3, 2)), (time ? TIME : BATCH).apply(target));
    double counts = time ? 2 * 1 + 2 * 2 : 3 * 1 + 1 * 2;
    assertEquals(counts, sum.weight().eval().item());
    assertEquals(counts * Math.log(2), sum.sum().eval().item(), 1e-14);
  }

  @Test
  void whatCannotBeToldIsRefused() {
    Input p = Input.of("p", 3, 3);
    Target target = Target.of(Input.of("y", 3, 3)).weighted(Input.of("w", 3));
    assertEquals(
        "whether the prediction p [3, 3] is [T, N] or [N, ...] cannot be told, and weights [3] of"
            + " sequences fit both: say Axes.TIME_BATCH or Axes.BATCH behind the target of the"
            + " batch, or target.along(axes)",
        assertThrows(ShapeException.class, () -> Losses.meanSquaredError().of(Signal.of(p), target))
            .getMessage());
    Tensor one = Tensor.of(Shape.of(1, 1), 5);
    Target single = Target.of(Node.constant(one)).weighted(Node.constant(Tensor.of(2.0)));
    assertEquals(
        10,
        Losses.meanAbsoluteError().of(Signal.of(Node.zeros(1, 1)), single).sum().eval().item(),
        "one step of one sequence");
  }
}
