package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Forecast;
import dev.rnn4j.train.Fixtures.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchTrainingTest {
  private static final Shape X = Shape.of(1, 2, 1);

  private static TrainingStepBuilder scale(double w) {
    return TrainingStep.of(Scale.of(w), Losses.halfSumOfSquares());
  }

  private static Tensor filled(int sequences, double value) {
    return Tensor.full(Shape.of(1, sequences, 1), value);
  }

  private static double w(TrainingStep step) {
    return step.weights().values(step.model()).get("w").item();
  }

  private static TrainingStep forecast(Precision precision) {
    return TrainingStep.of(Forecast.of(2, 7, 1, 1), Losses.meanSquaredError())
        .optimizer(Sgd.rate(0.05).momentum(0.9).rate("output", 0.01))
        .clip(Clip.byGlobalNorm(1))
        .schedule(Schedule.cosine(20, 0.1).warmup(3))
        .compile(precision);
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, value) -> assertTrue(value.sameAs(actual.get(name)), name));
  }

  @Test
  void batchesOfAllShapesTrainOneWeightWithOneVelocity() {
    TrainingStep step =
        scale(1).optimizer(Sgd.rate(0.125).momentum(0.5)).compile(Precision.FLOAT64);
    double p = 1;
    double v = 0;
    for (int sequences : new int[] {2, 3, 1, 3, 2}) {
      double loss = step.run(filled(sequences, 1), filled(sequences, 0));
      assertEquals(0.5 * sequences * p * p, loss, 1e-15);
      assertEquals(sequences * Math.abs(p), step.gradientNorm(), 1e-15);
      assertEquals(sequences * p, step.gradient("w").item(), 1e-15);
      v = 0.5 * v - 0.125 * sequences * p;
      p += v;
      assertEquals(p, w(step), 1e-15);
    }
    assertEquals(5, step.updates());
  }

  @Test
  void evaluationLooksOnAndChangesNothing() {
    TrainingStep step = forecast(Precision.FLOAT64);
    Batch batch = Fixtures.batch(new Philox(1), 5, 4, 2);
    step.run(batch);
    Map<String, Tensor> before = step.checkpoint();
    double evaluated = step.evaluate(batch);
    Tensor prediction = step.prediction();
    assertSame(before, step.checkpoint());
    assertEquals(evaluated, step.run(batch), "loss before the update");
    assertTrue(prediction.sameAs(step.prediction()));
    assertNotEquals(evaluated, step.evaluate(batch));
  }

  @Test
  void evaluationLeavesTheLastGradients() {
    TrainingStep step = forecast(Precision.FLOAT64);
    Batch batch = Fixtures.batch(new Philox(1), 5, 4, 2);
    step.run(batch);
    double norm = step.gradientNorm();
    step.evaluate(Fixtures.batch(new Philox(2), 3, 1, 2));
    assertEquals(norm, step.gradientNorm(), "of the last batch that was trained on");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void computeAndUpdateAreARun(Precision precision) {
    TrainingStep whole = forecast(precision);
    TrainingStep halves = forecast(precision);
    RandomGenerator random = new Philox(4);
    for (int i = 0; i < 6; i++) {
      Batch batch = Fixtures.batch(random, 3 + i % 2, 1 + i, 2);
      assertEquals(whole.run(batch), halves.compute(batch));
      halves.evaluate(batch);
      halves.update();
    }
    assertSame(whole.checkpoint(), halves.checkpoint());
    assertThrows(IllegalStateException.class, halves::update);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void trainingGoesOnFromACheckpointWithTheSameBits(Precision precision, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    TrainingStep whole = forecast(precision);
    for (int i = 0; i < 12; i++) {
      whole.run(Fixtures.batch(new Philox(i), 3 + i % 2, 4, 2));
      if (i == 6) {
        Safetensors.save(file, whole.checkpoint(), Map.of());
      }
    }
    TrainingStep resumed = forecast(precision);
    resumed.restore(Safetensors.load(file).tensors());
    assertEquals(7, resumed.updates());
    for (int i = 7; i < 12; i++) {
      resumed.run(Fixtures.batch(new Philox(i), 3 + i % 2, 4, 2));
    }
    assertSame(whole.checkpoint(), resumed.checkpoint());
  }

  @Test
  void aCheckpointNamesWhatItHolds() {
    assertEquals(
        List.of(
            "rnn.cell.gate.weightIh",
            "rnn.cell.gate.weightHh",
            "rnn.cell.gate.bias",
            "output.weight",
            "output.bias",
            "rnn.cell.gate.weightIh/velocity",
            "rnn.cell.gate.weightHh/velocity",
            "rnn.cell.gate.bias/velocity",
            "output.weight/velocity",
            "output.bias/velocity",
            "training/updates",
            "training/sequences",
            "training/precision"),
        List.copyOf(forecast(Precision.FLOAT32).checkpoint().keySet()));
  }

  @Test
  void aCheckpointOfAnotherTrainingChangesNothing() {
    TrainingStep plain = scale(1).optimizer(Sgd.rate(0.5)).compile(Precision.FLOAT64);
    TrainingStep momentum =
        scale(2).optimizer(Sgd.rate(0.5).momentum(0.5)).compile(Precision.FLOAT64);
    assertEquals(
        "the checkpoint has no w/velocity: it is one of another training",
        assertThrows(IllegalArgumentException.class, () -> momentum.restore(plain.checkpoint()))
            .getMessage());
    assertEquals(2, w(momentum));
    assertEquals(
        "the checkpoint has w/velocity, and this training does not: it is one of another training",
        assertThrows(IllegalArgumentException.class, () -> plain.restore(momentum.checkpoint()))
            .getMessage());
    assertEquals(1, w(plain));
    Map<String, Tensor> wide =
        Map.of(
            "w",
            Tensor.of(1, 2),
            "training/updates",
            Tensor.scalar(3),
            "training/precision",
            Tensor.scalar(64));
    assertEquals(
        "the checkpoint has w in shape [2], and this training in []",
        assertThrows(IllegalArgumentException.class, () -> plain.restore(wide)).getMessage());
  }

  @Test
  void theRateFollowsTheSchedule() {
    TrainingStep step =
        scale(1)
            .optimizer(Sgd.rate(0.5))
            .schedule(Schedule.stepwise(2, 0.5))
            .compile(Precision.FLOAT64);
    for (double expected : new double[] {0.5, 0.5, 0.25, 0.25, 0.125}) {
      assertEquals(expected, step.rate());
      step.run(filled(2, 0), filled(2, 0));
    }
  }

  @Test
  void aParameterUnderTwoOptimizersIsNamed() {
    TrainingStepBuilder builder = scale(1).optimizer(Sgd.rate(0.5));
    assertEquals(
        "the parameter w is under two optimizers, SGD rate 0.5 and SGD rate 0.1:"
            + " give each its own part",
        assertThrows(IllegalArgumentException.class, () -> builder.optimizer(Sgd.rate(0.1)))
            .getMessage());
  }

  @Test
  void partsHaveTheirOwnRules() {
    Forecast model = Forecast.of(2, 3, 1, 1);
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1), model.output())
            .compile(Precision.FLOAT64);
    step.run(Fixtures.batch(new Philox(1), 5, 4, 2));
    step.weights()
        .values(model)
        .forEach(
            (path, value) ->
                assertEquals(
                    path.startsWith("rnn."),
                    value.sameAs(dev.rnn4j.graph.Parameters.of(model).get(path).initial()),
                    path));
  }

  @Test
  void saysWhatIsMissingBeforeAnythingRan() {
    TrainingStep step = scale(1).optimizer(Sgd.rate(0.5)).compile(Precision.FLOAT64);
    assertEquals(
        "run, compute or evaluate a batch first",
        assertThrows(IllegalStateException.class, step::prediction).getMessage());
    assertEquals(
        "run or compute a batch first",
        assertThrows(IllegalStateException.class, step::gradientNorm).getMessage());
    assertThrows(IllegalStateException.class, () -> step.gradient("w"));
    assertThrows(IllegalStateException.class, step::update);
    assertThrows(IllegalStateException.class, () -> scale(1).compile(Precision.FLOAT64));
    assertThrows(
        IllegalArgumentException.class,
        () -> scale(1).optimizer(Sgd.rate(1).rate("v", 2)).compile(Precision.FLOAT64));
  }

  @Test
  void aBatchThatDoesNotFitTheModelIsAShapeError() {
    TrainingStep step = forecast(Precision.FLOAT64);
    assertThrows(ShapeException.class, () -> step.run(Fixtures.batch(new Philox(1), 5, 4, 3)));
    assertEquals(0, step.updates());
  }

  @Test
  void sharesWeightsWithOthers() {
    Weights weights = Weights.of(Precision.FLOAT64);
    TrainingStep step =
        scale(1).weights(weights).optimizer(Sgd.rate(0.25)).compile(Precision.FLOAT64);
    step.run(filled(2, 1), filled(2, 0));
    assertEquals(0.5, weights.values(step.model()).get("w").item());
    Predictor predictor = Predictor.of((Layer) step.model(), weights);
    assertEquals(1, predictor.predict(filled(2, 2)).at(1));
    step.run(filled(2, 1), filled(2, 0));
    assertEquals(0.5, predictor.predict(filled(2, 2)).at(1));
    assertFalse(step.plan(Batch.of(filled(2, 1), filled(2, 0))).explain().isEmpty());
  }

  @Test
  void dataThatAreBatchFirstAreRecognised() {
    TrainingStep step = forecast(Precision.FLOAT64);
    Batch batch = Batch.of(Tensor.zeros(Shape.of(9, 5, 2)), Tensor.zeros(Shape.of(9, 1)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> step.run(batch)).getMessage();
    assertTrue(
        message.endsWith(
            "; time comes first, [T, N, I], and the input [9, 5, 2] seems to be batch first,"
                + " [N, T, I]: swap its first two axes"),
        message);
  }
}
