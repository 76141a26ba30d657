package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.TiedDense;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.report.DiagnosticsPlot;
import dev.rnn4j.report.RateRangePlot;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells about a model and its training: summary, range test, one batch, diagnostics. */
class LookingInTest {
  private static final Batch BATCH = Fixtures.batch(new Philox(3), 7, 3, 2);

  @TempDir private Path folder;

  private static TrainingStep step(double rate) {
    var model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(2, 4, new Philox(1))).last(),
            Dense.of(4, 1, new Philox(2)));
    return TrainingStep.of(model, Losses.meanSquaredError())
        .optimizer(Sgd.rate(rate).momentum(0.9))
        .schedule(Schedule.constant().warmup(10))
        .freeze("layers.1.bias")
        .compile(Precision.FLOAT64);
  }

  /** w·x with half the sum of squares and target 0: at a rate r, w shrinks by 1 − r for x = 1. */
  private static TrainingStep scale(double rate) {
    return TrainingStep.of(Scale.of(1), Losses.halfSumOfSquares())
        .optimizer(Sgd.rate(rate))
        .schedule(Schedule.stepwise(1, 0.5))
        .compile(Precision.FLOAT64);
  }

  private static Batch one() {
    return Batch.of(Tensor.full(Shape.of(1, 1, 1), 1), Tensor.full(Shape.of(1, 1, 1), 0));
  }

  private static void assertUntouched(TrainingStep step, Map<String, Tensor> before) {
    Map<String, Tensor> after = step.checkpoint();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, value) -> assertTrue(value.sameAs(after.get(name)), name));
  }

  @Test
  void aSummaryCountsLayersParametersAndOperations() {
    TrainingStep step = step(0.1);
    ModelSummary summary = ModelSummary.of(step, BATCH);
    assertEquals(
        List.of("Stacked", "LastStep", "LstmCell", "Dense"),
        summary.rows().stream().map(ModelSummary.Row::kind).toList());
    assertEquals(
        List.of("", "layers.0", "layers.0.cell", "layers.1"),
        summary.rows().stream().map(ModelSummary.Row::path).toList());
    assertEquals(
        List.of("", "[N=3, 4]", "[N=3, 4]", "[N=3, 1]"),
        summary.rows().stream().map(ModelSummary.Row::output).toList());
    int lstm = 4 * (2 * 4 + 4 * 4 + 4);
    assertEquals(
        List.of(lstm + 5L, (long) lstm, (long) lstm, 5L),
        summary.rows().stream().map(ModelSummary.Row::parameters).toList());
    assertEquals(lstm + 5, summary.parameters());
    assertEquals(lstm + 4, summary.trained());
    // For each of 21 steps of a sequence: products, two additions a gate, 5 functions, 4 of states.
    long cell = 21L * (2 * 4 * (2 + 4) * 4 + 2 * 4 * 4 + 5 * 4 + 4 * 4);
    long dense = 3 * (2 * 4 + 1);
    assertTrue(
        summary.forward() >= cell + dense && summary.forward() < cell + dense + 20,
        summary.forward() + " and " + (cell + dense));
    assertTrue(summary.backward() > 1.5 * cell && summary.backward() < 3 * cell);
    assertTrue(summary.bytes() > 8 * 3 * 7 * 4 * 6);
    String text = summary.toString();
    assertTrue(text.startsWith("layer"), text);
    assertTrue(text.contains("117 parameters, trained: 116; a step takes"), text);
  }

  @Test
  void theOutputOfALayerFollowsFromTheData() {
    Embedding words = Embedding.of(5, 3, new Philox(1));
    Recurrent<?> rnn = new Recurrent<>(ElmanCell.of(3, 3, new Philox(2)));
    TrainingStep step =
        TrainingStep.of(Stacked.of(words, rnn, TiedDense.with(words)), Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT64);
    Batch batch = Batch.of(Tensor.zeros(Shape.of(7, 2)), Tensor.zeros(Shape.of(7, 2, 5)));
    assertEquals(
        List.of("", "[T=7, N=2, 3]", "[T=7, N=2, 3]", "[T=7, N=2, 3]", "[T=7, N=2, 5]"),
        ModelSummary.of(step, batch).rows().stream().map(ModelSummary.Row::output).toList());
  }

  @Test
  void aRangeTestFindsWhichRatesTrainAndLeavesNoTrace() throws IOException {
    TrainingStep step = step(0.1);
    Map<String, Tensor> before = step.checkpoint();
    RateRange range = RateRange.test(step, List.of(BATCH), 1e-4, 1e4, 81);
    assertUntouched(step, before);
    assertEquals(0.01, step.rate(), 1e-15, "the schedule has its say again");
    assertEquals(1e-4, range.points().get(0).rate(), 1e-18);
    assertEquals(step.evaluate(BATCH), range.points().get(0).loss(), 1e-12);
    assertEquals(1e-4 * Math.pow(10, 0.1), range.points().get(1).rate(), 1e-12);
    assertTrue(range.points().size() < 81, "it ends where the loss is beyond all hope");
    assertTrue(range.suggestion() > 1e-3 && range.suggestion() < 2, range.toString());
    assertTrue(range.limit() > range.suggestion() && range.limit() < 10, range.toString());
    Path file = folder.resolve("range.png");
    RateRangePlot.write(range, file);
    assertEquals(960, ImageIO.read(file.toFile()).getWidth());
  }

  /** A loss of nothing is 0, and is no loss that a rate has led to, or a model learned. */
  @Test
  void aBatchInWhichNothingCountsTellsNothing() {
    Batch nothing = BATCH.weights(Tensor.zeros(Shape.of(BATCH.sequences())));
    RateRange range = RateRange.test(step(0.1), List.of(nothing, BATCH), 1e-4, 1, 40);
    assertEquals(20, range.points().size());
    assertTrue(range.points().stream().allMatch(point -> point.loss() > 0), range.toString());
    assertEquals(
        "nothing counts in the batch, and nothing can be learned of it: look at its weights and"
            + " masks",
        assertThrows(IllegalArgumentException.class, () -> OneBatch.learn(step(0.1), nothing, 3))
            .getMessage());
  }

  @Test
  void ratesThatAllDestroyAreSaidToDoSo() {
    RateRange range = RateRange.test(scale(0.1), List.of(one()), 10, 1e6, 20);
    assertEquals("the loss falls at none of these rates: try lower ones", range.toString());
    assertTrue(Double.isNaN(range.suggestion()));
    assertThrows(
        IllegalArgumentException.class,
        () -> RateRange.test(scale(0.1), List.of(one()), 1, 0.1, 20));
    assertThrows(
        IllegalArgumentException.class, () -> RateRange.test(scale(1), List.of(), 0.1, 1, 20));
  }

  @Test
  void oneBatchIsLearnedByHeartOrNot() {
    TrainingStep step = step(0.1);
    Map<String, Tensor> before = step.checkpoint();
    OneBatch learned = OneBatch.learn(step, BATCH, 300);
    assertTrue(learned.isLearned(), learned.toString());
    assertEquals(300, learned.updates());
    assertUntouched(step, before);
    OneBatch lazy = OneBatch.learn(step(1e-9), BATCH, 5);
    assertFalse(lazy.isLearned());
    assertTrue(lazy.toString().contains("in 5 updates: the model does not learn it"), "" + lazy);
    assertTrue(OneBatch.learn(scale(1e200), one(), 50).updates() < 50, "it ends with NaN");
  }

  @Test
  void classWeightsMakeRareOnesCount() {
    Batch first = Batch.of(Tensor.zeros(Shape.of(2, 3, 1)), Tensor.of(0, 0, 1));
    Batch second = Batch.of(Tensor.zeros(Shape.of(2, 3, 1)), Tensor.of(0, 2, 2));
    double[] weights = ClassWeights.balanced(3, List.of(first, second));
    assertArrayEquals(new double[] {6 / 9.0, 2, 1}, weights, 1e-15);
    Tensor tags = Tensor.of(Shape.of(2, 2), new double[] {0, 1, 1, 9});
    Batch padded =
        Batch.empty().input("x", Tensor.zeros(Shape.of(2, 2, 1))).target("y", tags).lengths(2, 1);
    assertArrayEquals(new double[] {1.5, 0.75}, ClassWeights.balanced(2, List.of(padded)), 1e-15);
    Batch twoEach = // two labels of each sequence, which have no padding
        Batch.of(padded.x()).target("y", Tensor.of(new double[][] {{0, 1}, {1, 1}}), Axes.BATCH);
    assertArrayEquals(
        new double[] {2, 2 / 3.0}, ClassWeights.balanced(2, List.of(twoEach.lengths(2, 1))), 1e-15);
    assertEquals(
        "class 1 has no target, and no weight would help it",
        assertThrows(
                IllegalArgumentException.class, () -> ClassWeights.balanced(3, List.of(second)))
            .getMessage());
    assertEquals(
        "y has 2.0, which is no class from 0 to 1",
        assertThrows(
                IllegalArgumentException.class, () -> ClassWeights.balanced(2, List.of(second)))
            .getMessage());
  }

  /** Of h′ = w·h + x, relu twice: what gradients and values are can be said by hand. */
  private record Known(Parameter w, Parameter v) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return x.map(values -> values.times(w).relu().plus(values.times(v).sigmoid()));
    }
  }

  @Test
  void aDiagnosisSeesWhatIsDeadSaturatedAndLarge() {
    Known model = new Known(Parameter.of(Tensor.of(-1, 1)), Parameter.of(Tensor.of(9, 0)));
    TrainingStep step =
        TrainingStep.of(model, Losses.halfSumOfSquares())
            .optimizer(Sgd.rate(1))
            .compile(Precision.FLOAT64);
    Tensor x = Tensor.of(Shape.of(1, 2, 2), new double[] {1, 2, 3, 4});
    Diagnosis diagnosis = Diagnosis.of(step, Batch.of(x, Tensor.zeros(Shape.of(1, 2, 2))));
    Diagnosis.Gate relu = diagnosis.gates().get(0);
    assertEquals(new Diagnosis.Gate("relu", 0.5, 0, 1, 2), relu);
    Diagnosis.Gate sigmoid = diagnosis.gates().get(1);
    assertEquals(0.5, sigmoid.high(), "σ(9) and σ(27), not σ(0)");
    assertEquals(0.5, sigmoid.saturated());
    assertEquals(1, sigmoid.dead(), "σ(0) is the same always");
    Diagnosis.Size w = diagnosis.parameters().get(0);
    assertEquals("w", w.path());
    assertEquals(Math.sqrt(2), w.norm(), 1e-15);
    // The first unit is off; the second has Σ x·(x + ½) over 2 and 4.
    assertEquals(2 * 2.5 + 4 * 4.5, w.gradientNorm(), 1e-12);
    assertEquals(List.of(), diagnosis.flows(), "there is no state");
  }

  @Test
  void gradientsAreSeenAtEachTimeStep() {
    TrainingStep step =
        TrainingStep.of(
                new Recurrent<>(ElmanCell.of(1, 1, new Philox(1))).last(),
                Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT64);
    Batch batch = Fixtures.batch(new Philox(2), 9, 1, 1);
    Diagnosis.Flow flow = Diagnosis.of(step, batch).flows().get(0);
    assertEquals("cell/state h", flow.state());
    assertEquals(9, flow.norms().size());
    double u = step.weights().values(step.model()).get("cell.gate.weightHh").item();
    for (int t = 1; t < 9; t++) {
      double factor = flow.norms().get(t - 1) / flow.norms().get(t);
      assertTrue(factor > 0 && factor <= Math.abs(u), "at most |u|, as tanh′ is at most 1");
    }
    assertEquals(flow.norms().get(0) / flow.norms().get(8), flow.left(), 1e-15);
  }

  @Test
  void diagnosticsLookWhileTrainingGoesOn() throws IOException {
    Diagnostics diagnostics = Diagnostics.on(BATCH, 4);
    TrainingStep step = step(0.1);
    TrainingStep alone = step(0.1);
    Trainer.of(step).updates(9).listener(diagnostics).generate(() -> BATCH);
    Trainer.of(alone).updates(9).generate(() -> BATCH);
    assertEquals(
        List.of(0L, 4L, 8L), diagnostics.looks().stream().map(Diagnostics.Look::updates).toList());
    assertTrue(step.weights().values(step.model()).containsKey(diagnostics.growingFastest()));
    assertUntouched(step, alone.checkpoint());
    Path file = folder.resolve("diagnostics.png");
    DiagnosticsPlot.write(diagnostics.looks(), file);
    assertEquals(960, ImageIO.read(file.toFile()).getWidth());
    assertThrows(IllegalStateException.class, () -> Diagnostics.on(BATCH, 1).growingFastest());
  }
}
