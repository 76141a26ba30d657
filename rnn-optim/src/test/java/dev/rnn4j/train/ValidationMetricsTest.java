package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics on validation data count what the loss counts, and have names of their own. */
class ValidationMetricsTest {
  private static final Dense MODEL = Dense.of(1, 1, new Philox(1));

  /** A number instead of a vector of one. */
  private record Flat(Dense dense) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return dense.apply(x).map(values -> values.sum(-1));
    }
  }

  /** A metric that is the loss: the same number, whatever says what counts, and if T = N too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aMetricCountsWhatTheLossCounts(int steps) {
    Batch batch =
        Batch.empty()
            .input("x", Fixtures.normal(new Philox(2), steps, 3, 1), Axes.TIME_BATCH)
            .target("y", Fixtures.normal(new Philox(3), steps, 3, 1), Axes.TIME_BATCH);
    Tensor ofSequences = Tensor.of(2, 0, 0.5);
    double[] marks = new double[steps * 3];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = i % 4 == 1 ? 0 : 1;
    }
    Tensor mask = Tensor.of(Shape.of(steps, 3), marks);
    List<UnaryOperator<Batch>> counting =
        List.of(
            each -> each,
            each -> each.weights(ofSequences),
            each -> each.mask(mask),
            each -> each.mask("x", mask),
            each -> each.mask("x", mask).weights("y", ofSequences));
    counting.forEach(what -> assertLossIsMetric(MODEL, what.apply(batch)));
    // A number for each step of each sequence, [T, N].
    Layer flat = new Flat(MODEL);
    Batch indices = batch.target("z", Fixtures.normal(new Philox(4), steps, 3), Axes.TIME_BATCH);
    counting.subList(0, 4).forEach(what -> assertLossIsMetric(flat, what.apply(indices), "z"));
  }

  /** The mask of steps is none of a target [N, O], and where T = N = O, it has to be said. */
  @Test
  void aMaskOfStepsIsNotOneOfSequences() {
    Layer last =
        Stacked.of(
            new Recurrent<>(ElmanCell.of(1, 2, new Philox(4))).last(),
            Dense.of(2, 3, new Philox(5)));
    Batch batch =
        Batch.of(Fixtures.normal(new Philox(2), 3, 3, 1), Fixtures.normal(new Philox(6), 3, 3))
            .lengths(3, 1, 2);
    Tensor weights = Tensor.of(2, 1, 0.5);
    String cannotBeTold =
        "the metric mae: whether the target y [3, 3] is [T, N] or [N, ...] cannot be told, and by"
            + " that it is masked or weighed: say Axes.TIME_BATCH or Axes.BATCH behind the target of"
            + " the batch";
    assertEquals(
        cannotBeTold,
        assertThrows(IllegalArgumentException.class, () -> assertLossIsMetric(last, batch))
            .getMessage());
    Batch flat =
        Batch.of(Fixtures.normal(new Philox(2), 3, 3, 1), Fixtures.normal(new Philox(6), 3, 3));
    assertEquals(
        cannotBeTold,
        assertThrows(
                IllegalArgumentException.class,
                () -> assertLossIsMetric(new Flat(MODEL), flat.lengths(3, 1, 2)))
            .getMessage());
    assertLossIsMetric(last, flat.lengths(3, 3, 3));
    assertLossIsMetric(new Flat(MODEL), flat.lengths(3, 3, 3));
    Batch said = Batch.of(batch.x()).target("y", batch.y(), Axes.BATCH).lengths(3, 1, 2);
    assertLossIsMetric(last, said);
    assertLossIsMetric(last, said.weights(weights));
    Batch steps = Batch.of(batch.x()).target("y", batch.y(), Axes.TIME_BATCH).lengths(3, 1, 2);
    assertLossIsMetric(new Flat(MODEL), steps);
    assertLossIsMetric(new Flat(MODEL), steps.weights(weights));
  }

  /** Labels [S, N], which are as many as there are sequences, or not, with weights [N]. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void weightsOfSequencesStayWhatTheyAre(int labels) {
    Tensor y = Tensor.full(Shape.of(labels, 3), 1);
    Batch x = Batch.empty().input("x", Tensor.zeros(Shape.of(4, 3, 1)), Axes.TIME_BATCH);
    for (Batch batch :
        List.of(
            x.target("y", y),
            x.target("y", y, Axes.NONE),
            x.target("y", y, Axes.TIME_BATCH),
            x.target("y", y).lengths(4, 2, 1))) {
      assertWeighsSequences(labels, batch.weights(Tensor.of(2, 0, 0.5)));
    }
  }

  private static void assertWeighsSequences(int labels, Batch batch) {
    TrainingStep step =
        TrainingStep.of(
                MODEL,
                feed -> {
                  Node y = MODEL.apply(feed.signal("x")).values();
                  return Outcome.loss("loss", Losses.meanSquaredError().of(y, y))
                      .output("labels", Node.zeros(5, 3));
                })
            .optimizer(Sgd.rate(0))
            .compile(Precision.FLOAT64);
    ValidationResult look =
        Trainer.of(step)
            .validation(() -> List.of(batch))
            .metric("labels", "y", Metrics::editDistance)
            .run(() -> List.of(batch))
            .validations()
            .get(0);
    assertEquals(5.0 / labels, look.metrics().get("edit-distance"));
  }

  private static void assertLossIsMetric(Layer model, Batch batch) {
    assertLossIsMetric(model, batch, "y");
  }

  private static void assertLossIsMetric(Layer model, Batch batch, String target) {
    List<Batch> data = List.of(batch);
    TrainingStep step =
        TrainingStep.of(
                model,
                feed -> {
                  Signal y = model.apply(feed.signal("x"));
                  LossSum loss = Losses.meanAbsoluteError().of(y, feed.target(target));
                  return Outcome.loss("loss", loss).output("prediction", y.values());
                })
            .optimizer(Sgd.rate(0))
            .compile(Precision.FLOAT64);
    ValidationResult look =
        Trainer.of(step)
            .validation(() -> data)
            .metric("prediction", target, Metrics::meanAbsoluteError)
            .run(() -> data)
            .validations()
            .get(0);
    assertEquals(look.loss(), look.metrics().get("mae"), 1e-14, data.toString());
  }

  private static Trainer twoOutputs() {
    return Trainer.of(
        TrainingStep.of(
                MODEL,
                feed -> {
                  Node y = MODEL.apply(feed.signal("x")).values();
                  return Outcome.loss(
                          "loss", Losses.meanAbsoluteError().of(y, feed.target("y").values()))
                      .output("one", y)
                      .output("other", y.plus(1));
                })
            .optimizer(Sgd.rate(0))
            .compile(Precision.FLOAT64));
  }

  @Test
  void metricsOfOneNameAreToldApartByTheirOutputs() {
    Tensor x = Tensor.of(new double[][][] {{{1}}});
    List<Batch> data = List.of(Batch.of(x, x));
    Trainer trainer =
        twoOutputs()
            .validation(() -> data)
            .metric("one", "y", Metrics::meanAbsoluteError)
            .metric("other", "y", Metrics::meanAbsoluteError)
            .metric("other", "y", Metrics::rootMeanSquaredError)
            .judgeBySmallest("other/mae");
    Map<String, Double> found = trainer.run(() -> data).validations().get(0).metrics();
    assertEquals(Set.of("one/mae", "other/mae", "rmse"), found.keySet());
    assertEquals(found.get("rmse"), found.get("other/mae"));
    assertEquals(
        "the metric one/mae is given twice",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    twoOutputs()
                        .validation(() -> data)
                        .metric("one", "y", Metrics::meanAbsoluteError)
                        .metric("one", "y", Metrics::meanAbsoluteError)
                        .run(() -> data))
            .getMessage());
  }

  @Test
  void aMetricThatDoesNotFitIsNamed() {
    Tensor x = Tensor.of(new double[][][] {{{1}, {2}}});
    Tensor two = Tensor.of(new double[][][] {{{1, 2}, {3, 4}}});
    List<Batch> data = List.of(Batch.of(x, x).target("two", two));
    assertEquals(
        "the metric roc-auc: the prediction [1, 2, 1] and the target [1, 2, 2] must have one shape",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    twoOutputs()
                        .validation(() -> data)
                        .metric("one", "two", Metrics::rocAuc)
                        .run(() -> data))
            .getMessage());
  }

  @Test
  void averagesThatNobodyKeepsAreNotJudged() {
    Tensor x = Tensor.of(new double[][][] {{{1}}});
    List<Batch> data = List.of(Batch.of(x, x));
    assertEquals(
        "there are no averages to judge: wrap the optimizer in Averaged, or leave out"
            + " judgeAverages()",
        assertThrows(
                IllegalArgumentException.class,
                () -> twoOutputs().validation(() -> data).judgeAverages().run(() -> data))
            .getMessage());
  }

  @Test
  void aMetricOfNoOutputIsToldWhatHelps() {
    Batch batch = Batch.of(Tensor.zeros(Shape.of(2, 1)), Tensor.zeros(Shape.of(2, 1)));
    TrainingStepBuilder builder =
        TrainingStep.of(
            MODEL,
            feed -> {
              Signal y = MODEL.apply(feed.signal("x"));
              return Outcome.loss("loss", Losses.meanAbsoluteError().of(y, feed.target("y")))
                  .output("price", y.values());
            });
    Trainer trainer =
        Trainer.of(builder.optimizer(Sgd.rate(0)).compile(Precision.FLOAT64))
            .validation(() -> List.of(batch))
            .metric(Metrics::meanAbsoluteError);
    assertEquals(
        "the metric mae: the objective has no output prediction, only [price]: add it to its"
            + " Outcome by output(\"prediction\", node), or say which one it is of, by"
            + " metric(output, target, metric)",
        assertThrows(IllegalArgumentException.class, () -> trainer.run(() -> List.of(batch)))
            .getMessage());
  }

  @Test
  void aRateOfZeroCannotRise() {
    Tensor x = Tensor.of(new double[][][] {{{1}}});
    TrainingStep step =
        TrainingStep.of(MODEL, Losses.meanAbsoluteError())
            .optimizer(Sgd.rate(0))
            .compile(Precision.FLOAT64);
    assertEquals(
        "the optimizer has the rate 0, and none that could rise: give it one above 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> RateRange.test(step, List.of(Batch.of(x, x)), 0.1, 1, 5))
            .getMessage());
  }
}
