package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Masked sequences: what does not count does nothing, and what counts is as if alone. */
class MaskTest {
  private static final int T = 6;
  private static final int N = 3;
  private static final int I = 2;
  private static final int H = 5;

  private final Draw draw = new Draw(new Random(3));

  /** Shows a sum of input and state, which is no state. */
  record Shows(LstmCell inner) implements Cell<LstmCell.State> {
    @Override
    public LstmCell.State initialState(int batchSize) {
      return new LstmCell.State(Node.ones(batchSize, H), Node.zeros(batchSize, H));
    }

    @Override
    public Step<LstmCell.State> step(Node x, LstmCell.State state) {
      Step<LstmCell.State> step = inner.step(x, state);
      return new Step<>(step.output().plus(step.state().c()), step.state());
    }
  }

  private static final double[][] RIGHT = {
    {1, 1, 1}, {1, 1, 1}, {1, 1, 0}, {1, 1, 0}, {1, 0, 0}, {1, 0, 0}
  };
  private static final double[][] LEFT = {
    {0, 0, 1}, {0, 0, 1}, {1, 0, 1}, {1, 0, 1}, {1, 0, 1}, {1, 1, 1}
  };
  private static final double[][] HOLES = {
    {0, 1, 1}, {1, 0, 1}, {0, 1, 0}, {0, 0, 0}, {1, 1, 0}, {0, 1, 1}
  };
  private static final double[][] ONE_EMPTY = {
    {1, 0, 1}, {1, 0, 1}, {1, 0, 1}, {1, 0, 1}, {1, 0, 0}, {1, 0, 0}
  };
  private static final double[][] EMPTY = new double[T][N];

  static Stream<Arguments> cases() {
    List<Cell<?>> cells =
        List.of(
            LstmCell.of(I, H, new Random(1)),
            GruCell.of(I, H, new Random(2)),
            new Shows(LstmCell.of(I, H, new Random(3))));
    return cells.stream()
        .flatMap(
            cell ->
                Stream.of(RIGHT, LEFT, HOLES, ONE_EMPTY, EMPTY)
                    .map(mask -> Arguments.of(cell, Tensor.of(mask))));
  }

  /** A layer, a dense one before it, and the gradients of a masked loss. */
  private static final class Net {
    final Input x = Input.of("x", T, N, I);
    final Input y = Input.of("y", T, N, 1);
    final Node mask;
    final List<Node> results = new ArrayList<>();

    Net(Cell<?> cell, Node mask, boolean reversed) {
      this.mask = mask;
      Dense head = Dense.of(H, 1, new Random(4));
      Dense first = Dense.of(I, I, new Random(5));
      Layer rnn = in -> (reversed ? Unroll.backward(cell, in) : Unroll.forward(cell, in)).outputs();
      Layer model = Stacked.of(first, rnn, head);
      Signal prediction = model.apply(Signal.of(x).masked(mask));
      Node loss = Losses.meanSquaredError().of(prediction, Target.of(y)).mean();
      results.add(loss);
      results.add(prediction.values());
      List<Node> leaves = new ArrayList<>(Parameters.of(List.of(cell, head, first)).values());
      results.addAll(Gradients.of(loss, leaves));
    }
  }

  private static Tensor where(Tensor mask, Tensor values, double other) {
    double[] all = values.toDoubles();
    int each = all.length / mask.shape().elements();
    for (int i = 0; i < all.length; i++) {
      all[i] = mask.at(i / each) == 0 ? other : all[i];
    }
    return Tensor.of(values.shape(), all);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatStandsWhereNothingCountsChangesNoBit(Cell<?> cell, Tensor mask) {
    for (boolean reversed : new boolean[] {false, true}) {
      Net net = new Net(cell, Input.of("mask", T, N), reversed);
      Tensor x = draw.uniform(net.x.shape(), -1, 1);
      Tensor y = draw.uniform(net.y.shape(), -1, 1);
      for (Precision precision : Precision.values()) {
        List<Tensor> expected = null;
        for (double other : new double[] {0, 1e30, Double.NaN, Double.POSITIVE_INFINITY}) {
          Map<Node, Tensor> values =
              Map.of(net.x, where(mask, x, other), net.y, where(mask, y, other), net.mask, mask);
          List<Tensor> actual = Agreement.run(precision, net.results, values);
          expected = expected == null ? actual : expected;
          for (int i = 0; i < actual.size(); i++) {
            Agreement.assertSameBits(expected.get(i), actual.get(i), "result " + i);
            for (double value : actual.get(i).toDoubles()) {
              assertFalse(Double.isNaN(value), "result " + i + " is NaN");
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void maskedSequencesAreComputedByEveryExecutor(Cell<?> cell, Tensor mask) {
    Net net = new Net(cell, Node.constant(mask), false);
    Verify.of(net.results.get(0)).all();
    net = new Net(cell, Input.of("mask", T, N), false);
    Map<Node, Tensor> values = new HashMap<>();
    values.put(net.x, draw.uniform(net.x.shape(), -1, 1));
    values.put(net.y, draw.uniform(net.y.shape(), -1, 1));
    values.put(net.mask, mask);
    Agreement.check(net.results, values);
  }

  /** Each sequence alone, of the steps that count only, is what the masked batch makes of it. */
  @ParameterizedTest
  @MethodSource("cases")
  void aMaskedSequenceIsTheStepsThatCount(Cell<?> cell, Tensor mask) {
    Input x = Input.of("x", T, N, I);
    Unrolled<?> all = Unroll.forward(cell, Signal.of(x).masked(Node.constant(mask)));
    Tensor sequence = draw.uniform(x.shape(), -1, 1);
    Map<Node, Tensor> values = Map.of(x, sequence);
    Tensor outputs = all.outputs().values().eval(values);
    Tensor last = all.last().values().eval(values);
    for (int n = 0; n < N; n++) {
      List<Node> steps = new ArrayList<>();
      List<Integer> positions = new ArrayList<>();
      for (int t = 0; t < T; t++) {
        if (mask.get(t, n) != 0) {
          steps.add(Node.constant(sequence).slice(1, n, n + 1).step(t));
          positions.add(t);
        }
      }
      Tensor alone =
          steps.isEmpty()
              ? Tensor.zeros(Shape.of(1, 1, H))
              : Unroll.forward(cell, Signal.of(Node.stack(steps))).outputs().values().eval();
      for (int h = 0; h < H; h++) {
        for (int t = 0; t < T; t++) {
          int at = positions.indexOf(t);
          assertEquals(at < 0 ? 0 : alone.get(at, 0, h), outputs.get(t, n, h));
        }
        assertEquals(alone.get(alone.shape().size(0) - 1, 0, h), last.get(n, h));
      }
    }
  }

  @Test
  void aMeanCountsWhatCounts() {
    Input p = Input.of("p", 2, 2, 3);
    Input y = Input.of("y", 2, 2, 3);
    Tensor mask = Tensor.of(new double[][] {{1, 0}, {1, 1}});
    Map<Node, Tensor> values =
        Map.of(p, draw.uniform(p.shape(), -1, 1), y, draw.uniform(y.shape(), -1, 1));
    Loss loss = Losses.meanSquaredError();
    Signal masked = Signal.of(p).masked(Node.constant(mask));
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < 12; i++) {
      double square = Math.pow(values.get(p).at(i) - values.get(y).at(i), 2);
      sum += mask.at(i / 3) == 0 ? 0 : square;
      weighted += mask.at(i / 3) == 0 ? 0 : square * (i / 3 % 2 == 0 ? 2 : 0.5);
    }
    assertEquals(sum / 9, loss.of(masked, Target.of(y)).mean().eval(values).item(), 1e-14);
    Target bySequence = Target.of(y).weighted(Node.constant(Tensor.of(2, 0.5)));
    Node mean = loss.of(masked, bySequence).mean();
    assertEquals(weighted / 13.5, mean.eval(values).item(), 1e-14);
    Verify.of(mean).all();
  }
}
