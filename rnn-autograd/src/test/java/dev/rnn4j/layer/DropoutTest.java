package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.SmallWork;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout of all kinds, in layers and in a cell of a user, plain and under a mask. */
class DropoutTest {
  private static final int T = 5;
  private static final int N = 4;
  private static final int I = 3;
  private static final int H = 6;

  /** An LSTM with the same mask on h at all steps, and another one on its output at each. */
  record DroppingLstm(LstmCell inner, double rate) implements Cell<LstmCell.State> {
    @Override
    public LstmCell.State initialState(int batchSize) {
      return inner.initialState(batchSize);
    }

    @Override
    public Step<LstmCell.State> step(Node x, LstmCell.State state) {
      return inner.step(x, state);
    }

    @Override
    public Begun<LstmCell.State> begin(ForwardPass pass, int batchSize) {
      UnaryOperator<Node> once = pass.dropout(rate, batchSize, H);
      return new Begun<>(
          initialState(batchSize),
          (x, s) -> {
            Step<LstmCell.State> step = step(x, new LstmCell.State(once.apply(s.h()), s.c()));
            Node shown = pass.dropout(rate, batchSize, H).apply(step.output());
            return new Step<>(shown, step.state());
          });
    }
  }

  record Model(
      Dropout first,
      VariationalDropout second,
      Recurrent<LstmCell.State> rnn,
      Dropout third,
      Dense head)
      implements Layer {
    static Model of(double rate) {
      return new Model(
          new Dropout(rate),
          new VariationalDropout(rate),
          new Recurrent<>(new DroppingLstm(LstmCell.of(I, H, new Random(1)), rate)),
          new Dropout(rate),
          Dense.of(H, 1, new Random(2)));
    }

    @Override
    public Signal apply(Signal x) {
      return head.apply(third.apply(rnn.apply(second.apply(first.apply(x)))));
    }
  }

  private final Draw draw = new Draw(new Random(5));

  /** A model's loss and gradients on sequences of any length. */
  private static final class Net {
    final Input x;
    final Input y;
    final Input key = RandomKey.input();
    final Node prediction;
    final List<Node> results = new ArrayList<>();

    Net(Model model, int steps, int batch, Node mask, Node givenKey) {
      x = Input.of("x", steps, batch, I);
      y = Input.of("y", steps, batch, 1);
      Signal in = Signal.of(x, ForwardPass.training(givenKey == null ? key : givenKey));
      try (Scope scope = Scope.enter(model)) {
        Signal out = model.apply(mask == null ? in : in.masked(mask));
        prediction = out.values();
        results.add(Losses.meanSquaredError().of(out, Target.of(y)).mean());
      }
      results.add(prediction);
      results.addAll(Gradients.of(results.get(0), Parameters.of(model).values()));
    }
  }

  @Test
  void allKindsHaveGradientsAndEveryExecutorAgrees() {
    Node key = Node.constant(RandomKey.of(1, 2, 3, 4));
    Tensor mask =
        Tensor.of(
            new double[][] {{1, 0, 1, 0}, {1, 0, 0, 0}, {1, 1, 1, 0}, {1, 1, 0, 0}, {0, 1, 0, 0}});
    for (Node m : Arrays.asList(null, Node.constant(mask))) {
      Net net = new Net(Model.of(0.4), T, N, m, key);
      Verify.of(net.results.get(0)).all();
      Map<Node, Tensor> values = new HashMap<>();
      values.put(net.x, draw.uniform(net.x.shape(), -1, 1));
      values.put(net.y, draw.uniform(net.y.shape(), -1, 1));
      Agreement.checkThreads(net.results, values);
      SmallWork.inParts(() -> Agreement.checkThreads(net.results, values));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 31})
  void aPartOfABatchLosesWhatItLosesInTheWhole(int steps) {
    Model model = Model.of(0.5);
    Net whole = new Net(model, steps, 5, null, null);
    Net part = new Net(model, steps, 2, null, null);
    Tensor x = draw.uniform(whole.x.shape(), -1, 1);
    Node of = Node.constant(x).slice(1, 3, 5);
    for (Precision precision : Precision.values()) {
      Tensor all =
          Agreement.run(
                  precision,
                  List.of(whole.prediction),
                  Map.of(whole.x, x, whole.key, RandomKey.of(8, 1, 0, 10)))
              .get(0);
      Tensor two =
          Agreement.run(
                  precision,
                  List.of(part.prediction),
                  Map.of(part.x, of.eval(), part.key, RandomKey.of(8, 1, 0, 13)))
              .get(0);
      Tensor expected = Node.constant(all).slice(1, 3, 5).eval();
      for (int i = 0; i < expected.shape().elements(); i++) {
        assertEquals(expected.at(i), two.at(i));
      }
    }
  }

  @Test
  void inInferenceThereIsNoTraceOfIt() {
    Node x = Input.of("x", T, N, I);
    String with = Plan.of(Model.of(0.5).apply(x)).compile(Precision.FLOAT32).explain();
    String without = Plan.of(Model.of(0).apply(x)).compile(Precision.FLOAT32).explain();
    assertEquals(without, with);
    assertFalse(with.contains("uniform"));
    Net training = new Net(Model.of(0.5), T, N, null, null);
    String trained = Plan.of(training.results).compile(Precision.FLOAT32).explain();
    assertTrue(trained.contains("uniform"));
  }

  @Test
  void equalLayersLoseDifferentValues() {
    Dropout shared = new Dropout(0.5);
    Stacked model = Stacked.of(shared, shared, new Dropout(0.5));
    Node ones = Node.ones(T, N, 50);
    Node key = Node.constant(RandomKey.of(1, 2, 3, 4));
    ForwardPass pass = ForwardPass.training(key);
    List<double[]> masks = new ArrayList<>();
    try (Scope scope = Scope.enter(model)) {
      for (Layer layer : model.layers()) {
        masks.add(layer.apply(Signal.of(ones, pass)).values().eval().toDoubles());
      }
    }
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        assertFalse(Arrays.equals(masks.get(i), masks.get(j)), i + " and " + j);
      }
    }
  }

  /** What one layer draws does not depend on what stands beside it. */
  @Test
  void aStreamBelongsToItsPath() {
    record Two(Dropout first, Dropout second) {}
    Two model = new Two(new Dropout(0.5), new Dropout(0.5));
    Node key = Node.constant(RandomKey.of(1, 2, 3, 4));
    Signal ones = Signal.of(Node.ones(T, N, 9), ForwardPass.training(key));
    Signal alone = Signal.of(Node.ones(T, N, 9), ForwardPass.training(key));
    try (Scope scope = Scope.enter(model)) {
      model.first().apply(ones);
      double[] after = model.second().apply(ones).values().eval().toDoubles();
      double[] only = model.second().apply(alone).values().eval().toDoubles();
      assertTrue(Arrays.equals(after, only));
    }
  }

  @Test
  void variationalDropoutLosesTheSameFeaturesThroughout() {
    Node key = Node.constant(RandomKey.of(1, 2, 3, 4));
    Signal ones = Signal.of(Node.ones(T, N, 40), ForwardPass.training(key));
    Tensor once = new VariationalDropout(0.5).apply(ones).values().eval();
    Tensor anew = new Dropout(0.5).apply(ones).values().eval();
    boolean moves = false;
    for (int t = 1; t < T; t++) {
      for (int n = 0; n < N; n++) {
        for (int j = 0; j < 40; j++) {
          assertEquals(once.get(0, n, j), once.get(t, n, j));
          moves |= anew.get(0, n, j) != anew.get(t, n, j);
        }
      }
    }
    assertTrue(moves);
    assertNotEquals(
        Arrays.toString(Node.constant(once).slice(1, 0, 1).eval().toDoubles()),
        Arrays.toString(Node.constant(once).slice(1, 1, 2).eval().toDoubles()));
    assertThrows(ShapeException.class, () -> new VariationalDropout(0.5).apply(Node.ones(N, 40)));
  }
}
