package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ConvolutionCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LearnedStateCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.ProjectedLstmCell;
import dev.rnn4j.cell.RecurrentDropoutCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.cell.WeightDropCell;
import dev.rnn4j.cell.ZoneoutCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.RmsNorm;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Layers against the same thing composed by hand. */
class LayerValuesTest {
  private static final int T = 6;
  private static final int N = 3;

  private final Random random = new Random(5);
  private final Node x = Node.constant(new Draw(random).uniform(Shape.of(T, N, 4), -1, 1));

  private static void assertSame(Node expected, Node actual) {
    Agreement.assertClose(expected.eval(), actual.eval(), 1e-14, actual.toString());
  }

  private static void refused(String message, Executable mistake) {
    assertEquals(message, assertThrows(ShapeException.class, mistake).getMessage());
  }

  private static ForwardPass training() {
    return ForwardPass.training(Node.constant(RandomKey.of(3, 0, 0, 0)));
  }

  @Test
  void directionsAreMerged() {
    GruCell a = GruCell.of(4, 3, random);
    GruCell b = GruCell.of(4, 3, random);
    Node ahead = Unroll.forward(a, Signal.of(x)).outputs().values();
    Node back = Unroll.backward(b, Signal.of(x)).outputs().values();
    Bidirectional<GruCell.State> both = Bidirectional.of(a, b);
    assertSame(Node.concat(2, ahead, back), both.apply(x));
    assertSame(ahead.plus(back), both.merged(Merge.SUM).apply(x));
    assertSame(ahead.plus(back).times(0.5), both.merged(Merge.MEAN).apply(x));
    assertSame(ahead.times(back), both.merged(Merge.PRODUCT).apply(x));
    assertSame(Node.concat(1, ahead.step(T - 1), back.step(0)), both.last().apply(x));
    assertSame(back, new Reversed<>(b).apply(x));
    assertSame(back.step(0), new Reversed<>(b).last().apply(x));
  }

  @Test
  void givenStatesAreThoseOfEachCell() {
    GruCell a = GruCell.of(4, 3, random);
    GruCell b = GruCell.of(4, 3, random);
    GruCell c = GruCell.of(6, 3, random);
    GruCell d = GruCell.of(6, 3, random);
    Draw draw = new Draw(random);
    List<GruCell.State> states = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      states.add(new GruCell.State(Node.constant(draw.uniform(Shape.of(N, 3), -1, 1))));
    }
    Bidirectional<GruCell.State> one = Bidirectional.of(a, b);
    Bidirectional<GruCell.State> two = Bidirectional.of(c, d);
    Unrolled<List<GruCell.State>> lower = one.unroll(Signal.of(x), states.subList(0, 2));
    Unrolled<List<GruCell.State>> upper = two.unroll(lower.outputs(), states.subList(2, 4));
    Unrolled<List<GruCell.State>> deep =
        new DeepRecurrent<>(List.of(List.<Cell<GruCell.State>>of(a, b), List.of(c, d)))
            .unroll(Signal.of(x), states);
    assertSame(upper.outputs().values(), deep.outputs().values());
    assertSame(upper.last().values(), deep.last().values());
    assertSame(lower.state().get(1).h(), deep.state().get(1).h());
    assertSame(upper.state().get(0).h(), deep.state().get(2).h());
    assertThrows(
        IllegalArgumentException.class, () -> one.unroll(Signal.of(x), states.subList(0, 1)));
  }

  @Test
  void inputsAreAddedOrGated() {
    GruCell cell = GruCell.of(4, 4, random);
    Node made = new Recurrent<>(cell).apply(x);
    assertSame(x.plus(made), new Residual(new Recurrent<>(cell)).apply(x));
    Highway highway = Highway.of(new Recurrent<>(cell), 4, random);
    assertTrue(highway.gate().bias().initial().at(0) == -1);
    Node g = x.matmul(highway.gate().weight()).plus(highway.gate().bias()).sigmoid();
    assertSame(g.times(made).plus(Node.constant(1).minus(g).times(x)), highway.apply(x));
    Layer other = new Recurrent<>(GruCell.of(4, 3, random));
    ShapeException e = assertThrows(ShapeException.class, () -> new Residual(other).apply(x));
    assertTrue(e.getMessage().startsWith("a residual layer gives back the shape that it is given"));
  }

  @Test
  void linearUnitsAreGated() {
    GatedLinear layer = GatedLinear.of(4, 3, random);
    Node a = x.matmul(layer.value().weight()).plus(layer.value().bias());
    Node b = x.matmul(layer.gate().weight()).plus(layer.gate().bias());
    assertSame(a.times(b.sigmoid()), layer.apply(x));
  }

  @Test
  void convolutionsAreSumsOverTheLastInputs() {
    ConvolutionCell cell = ConvolutionCell.of(4, 2, 3, random).dilated(2);
    Tensor made = new Recurrent<>(cell).apply(x).eval();
    double[][][] in = new double[T][N][];
    for (int t = 0; t < T; t++) {
      in[t] = x.step(t).eval().toMatrix();
    }
    for (int t = 0; t < T; t++) {
      for (int n = 0; n < N; n++) {
        for (int o = 0; o < 2; o++) {
          double y = cell.bias().initial().at(o);
          for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 4 && t - 2 * k >= 0; i++) {
              y += in[t - 2 * k][n][i] * cell.weights().get(k).initial().get(i, o);
            }
          }
          assertEquals(y, made.get(t, n, o), 1e-14);
        }
      }
    }
    refused(
        "a convolution takes weights [I, O] and bias [O], and was given [[4, 2], [4, 2], [4, 2]]"
            + " and [3]",
        () -> new ConvolutionCell(cell.weights(), Parameter.of(Tensor.zeros(Shape.of(3))), 1));
  }

  @Test
  void sequencesArePooled() {
    assertSame(x.step(T - 1), Pooling.LAST.apply(x));
    assertSame(x.mean(0), Pooling.MEAN.apply(x));
    assertSame(x.max(0), Pooling.MAX.apply(x));
    Signal carried = Signal.of(x, ForwardPass.inference().carrying((name, own) -> own));
    assertTrue(
        assertThrows(IllegalStateException.class, () -> Pooling.MEAN.apply(carried))
            .getMessage()
            .startsWith("pooling over 6 steps needs whole sequences"));
  }

  @Test
  void statesAreLearned() {
    LstmCell lstm = LstmCell.of(4, 3, random);
    LearnedStateCell<LstmCell.State> learned = LearnedStateCell.of(lstm);
    assertEquals(
        List.of("initial.h", "initial.c"),
        Parameters.of(learned).keySet().stream().filter(p -> p.startsWith("initial")).toList());
    Tensor h = Tensor.of(1, 2, 3);
    LearnedStateCell<LstmCell.State> other =
        new LearnedStateCell<>(
            lstm, new LstmCell.State(Parameter.of(h), Parameter.of(Tensor.of(-1, 0.5, 2))));
    Node hs = Node.constant(h).broadcastTo(Shape.of(N, 3));
    Node cs = Node.constant(Tensor.of(-1, 0.5, 2)).broadcastTo(Shape.of(N, 3));
    Node expected =
        Unroll.forward(lstm, Signal.of(x), new LstmCell.State(hs, cs)).outputs().values();
    assertSame(expected, new Recurrent<>(other).apply(x));
  }

  /** An LSTM whose h is dropped on its way to the gates, with one mask for all steps. */
  private record DroppedLstm(LstmCell cell, double rate) implements Cell<LstmCell.State> {
    @Override
    public LstmCell.State initialState(int batchSize) {
      return cell.initialState(batchSize);
    }

    @Override
    public Step<LstmCell.State> step(Node x, LstmCell.State state) {
      return cell.step(x, state);
    }

    @Override
    public Begun<LstmCell.State> begin(ForwardPass pass, int batchSize) {
      UnaryOperator<Node> mask = pass.dropout(rate, batchSize, cell.hiddenSize());
      return new Begun<>(
          initialState(batchSize),
          (x, s) -> cell.step(x, new LstmCell.State(mask.apply(s.h()), s.c())));
    }
  }

  @Test
  void whatComesBackIsDropped() {
    LstmCell lstm = LstmCell.of(4, 5, random);
    Layer dropped = new Recurrent<>(new RecurrentDropoutCell<>(lstm, 0.5));
    Layer byHand = new Recurrent<>(new DroppedLstm(lstm, 0.5));
    Signal in = Signal.of(x, training());
    Node expected = byHand.apply(Signal.of(x, training())).values();
    assertSame(expected, dropped.apply(in).values());
    assertSame(new Recurrent<>(lstm).apply(x), dropped.apply(x));
    double difference = expected.minus(new Recurrent<>(lstm).apply(x)).abs().max().eval().item();
    assertTrue(difference > 1e-3, "something is dropped");
  }

  @Test
  void weightsAreDropped() {
    GruCell gru = GruCell.of(4, 5, random);
    WeightDropCell<GruCell.State> drop = new WeightDropCell<>(gru, 0.5);
    ForwardPass pass = training();
    List<Gate> gates = new ArrayList<>();
    for (Gate gate : List.of(gru.reset(), gru.update(), gru.candidate())) {
      Tensor dropped = pass.dropoutShared(0.5, 5, 5).apply(gate.weightHh()).eval();
      gates.add(new Gate(gate.weightIh(), Parameter.of(dropped), gate.bias()));
    }
    // Here the streams are those of no module; within the layer, those of its cell.
    Node alone = drop.begin(training(), N).step().step(x.step(0), state(gru)).output();
    GruCell byHand = new GruCell(gates.get(0), gates.get(1), gates.get(2));
    assertSame(byHand.step(x.step(0), state(gru)).output(), alone);
    assertSame(new Recurrent<>(gru).apply(x), new Recurrent<>(drop).apply(x));
  }

  private static GruCell.State state(GruCell gru) {
    return new GruCell.State(Node.ones(N, gru.hiddenSize()).times(0.3));
  }

  @Test
  void dropoutOfAGruLeavesItsMemory() {
    GruCell gru = GruCell.of(4, 5, random);
    Node h = state(gru).h();
    Node m = training().dropout(0.5, N, 5).apply(Node.ones(N, 5));
    Node r = gru.reset().apply(x.step(0), h.times(m)).sigmoid();
    Node z = gru.update().apply(x.step(0), h.times(m)).sigmoid();
    Node n = gru.candidate().apply(x.step(0), r.times(h).times(m)).tanh();
    Step<GruCell.State> step =
        new RecurrentDropoutCell<>(gru, 0.5)
            .begin(training(), N)
            .step()
            .step(x.step(0), state(gru));
    assertSame(n.plus(z.times(h.minus(n))), step.output());
  }

  @Test
  void statesStay() {
    LstmCell lstm = LstmCell.of(4, 40, random);
    ZoneoutCell<LstmCell.State> zoneout = ZoneoutCell.of(lstm, 0.25, 0.5);
    LstmCell.State before =
        new LstmCell.State(Node.ones(N, 40).times(0.5), Node.ones(N, 40).times(-0.5));
    LstmCell.State after = lstm.step(x.step(0), before).state();
    LstmCell.State mean = zoneout.step(x.step(0), before).state();
    assertSame(before.h().times(0.25).plus(after.h().times(0.75)), mean.h());
    assertSame(before.c().times(0.5).plus(after.c().times(0.5)), mean.c());
    Step<LstmCell.State> drawn = zoneout.begin(training(), N).step().step(x.step(0), before);
    assertSame(drawn.state().h(), drawn.output());
    double[] rates = {0.25, 0.5};
    List<Node> olds = List.of(before.h(), before.c());
    List<Node> news = List.of(after.h(), after.c());
    List<Node> results = List.of(drawn.state().h(), drawn.state().c());
    for (int i = 0; i < 2; i++) {
      int stayed = 0;
      for (int j = 0; j < N * 40; j++) {
        double value = results.get(i).eval().at(j);
        double old = olds.get(i).eval().at(j);
        assertTrue(value == old || value == news.get(i).eval().at(j));
        stayed += value == old ? 1 : 0;
      }
      assertEquals(rates[i], stayed / (N * 40.0), 0.12);
    }
    assertEquals(
        "zoneout takes one rate, or one for each component of the state [h, c], and was given"
            + " [0.1, 0.2, 0.3]",
        assertThrows(IllegalArgumentException.class, () -> ZoneoutCell.of(lstm, 0.1, 0.2, 0.3))
            .getMessage());
  }

  @Test
  void aCellWithoutRecurrentMatricesIsNamed() {
    ConvolutionCell cell = ConvolutionCell.of(4, 2, 1, random);
    assertEquals(
        "the recurrent matrices of a cell are its parameters weightHh [H, H], and ConvolutionCell"
            + " has none of that name: it has [weights.0, bias]",
        assertThrows(IllegalArgumentException.class, () -> new WeightDropCell<>(cell, 0.1))
            .getMessage());
  }

  @Test
  void rootsOfMeanSquaresAreOne() {
    Tensor made = RmsNorm.of(4).apply(x).eval();
    for (int row = 0; row < T * N; row++) {
      double square = 0;
      for (int i = 0; i < 4; i++) {
        square += Math.pow(x.eval().at(4 * row + i), 2) / 4;
      }
      for (int i = 0; i < 4; i++) {
        double expected = x.eval().at(4 * row + i) / Math.sqrt(square + 1e-5);
        assertEquals(expected, made.at(4 * row + i), 1e-14);
      }
    }
    refused(
        "an RMS norm with scale [3] takes a last axis of 3, and was given constant [6, 3, 4]",
        () -> RmsNorm.of(3).apply(x));
  }

  @Test
  void paddingIsZerosAndDoesNotCount() {
    Embedding embedding = Embedding.of(5, 2, random);
    Tensor indices = Tensor.of(new double[][] {{1, 4}, {0, 2}, {0, 0}});
    Signal made = embedding.padding(0).apply(Signal.of(Node.constant(indices)));
    assertSame(Node.constant(Tensor.of(new double[][] {{1, 1}, {0, 1}, {0, 0}})), made.mask());
    Tensor vectors = made.values().eval();
    for (int e = 0; e < 2; e++) {
      assertEquals(embedding.table().initial().get(4, e), vectors.get(0, 1, e));
      assertEquals(0, vectors.get(1, 0, e));
      assertEquals(0, vectors.get(2, 1, e));
    }
    Tensor row = embedding.padding(0).apply(Node.constant(Tensor.of(0, 3))).eval();
    assertEquals(0, row.get(0, 0));
    assertEquals(embedding.table().initial().get(3, 1), row.get(1, 1));
  }

  @Test
  void wordsAreDroppedEverywhere() {
    Embedding embedding = new Embedding(Parameter.of(Tensor.full(Shape.of(40, 2), 1)));
    Node indices = Node.constant(new Draw(random).whole(Shape.of(60, 4), 0, 40));
    WordDropout layer = WordDropout.of(embedding, 0.5);
    Tensor made = layer.apply(Signal.of(indices, training())).values().eval();
    double[] ofWord = new double[40];
    Arrays.fill(ofWord, -1);
    for (int i = 0; i < 240; i++) {
      int word = (int) indices.eval().at(i);
      assertTrue(made.at(2 * i) == 0 || made.at(2 * i) == 2);
      assertTrue(ofWord[word] < 0 || ofWord[word] == made.at(2 * i), "a word is one thing");
      assertEquals(made.at(2 * i), made.at(2 * i + 1));
      ofWord[word] = made.at(2 * i);
    }
    assertSame(embedding.apply(indices), layer.apply(indices));
  }

  @Test
  void outputsAreTied() {
    Embedding embedding = Embedding.of(7, 4, random);
    TiedDense head = TiedDense.with(embedding);
    assertSame(x.matmul(embedding.table().transpose()), head.apply(x));
    assertEquals(embedding.table(), head.table());
    refused(
        "a tied layer takes a table [V, E] and bias [V], and was given [7, 4] and [4]",
        () -> new TiedDense(embedding.table(), Parameter.of(Tensor.zeros(Shape.of(4)))));
  }

  @Test
  void sizesOfProjectionsAreChecked() {
    Gate gate = Gate.of(3, 2, 5, random);
    Linear projection = Linear.of(5, 2, random);
    assertEquals(2, new ProjectedLstmCell(gate, gate, gate, gate, projection).projectedSize());
    refused(
        "a ProjectedLstmCell with H = 5 takes a projection [H, R], and was given [4, 2]",
        () -> new ProjectedLstmCell(gate, gate, gate, gate, Linear.of(4, 2, random)));
    refused(
        "an LstmCell takes gates of one input size I and one hidden size H, and was given"
            + " input (I = 3, H = 5, R = 2), forget (I = 3, H = 5, R = 2), candidate (I = 3, H = 5,"
            + " R = 2) and output (I = 3, H = 5, R = 2)",
        () -> new LstmCell(gate, gate, gate, gate));
  }
}
