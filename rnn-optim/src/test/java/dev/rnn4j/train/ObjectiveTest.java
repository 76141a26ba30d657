package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.LastStep;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objectives of any shape, what belongs to a model, and calls that fail. */
class ObjectiveTest {
  /** Two inputs through one encoder, a number from both and a class from one. */
  private record Pair(LastStep<ElmanCell.State> encoder, Dense price, Dense kind) {
    static Pair of() {
      return new Pair(
          new Recurrent<>(ElmanCell.of(2, 6, new Philox(1))).last(),
          Dense.of(6, 1, new Philox(2)),
          Dense.of(6, 3, new Philox(3)));
    }

    Outcome objective(Feed feed) {
      Signal left = encoder.apply(feed.signal("left"));
      Signal right = encoder.apply(feed.signal("right"));
      Signal number = price.apply(left.with(left.values().plus(right.values())));
      Signal logits = kind.apply(right);
      return Outcome.loss("price", Losses.meanSquaredError().of(number, feed.target("price")))
          .and("kind", Losses.softmaxCrossEntropyOfIndices().of(logits, feed.target("kind")), 0.5)
          .output("logits", logits.values());
    }
  }

  private static Batch pairs(int sequences) {
    double[] kinds = new double[sequences];
    for (int i = 0; i < sequences; i++) {
      kinds[i] = i % 3;
    }
    return Batch.empty()
        .input("left", Fixtures.normal(new Philox(4), 7, sequences, 2))
        .input("right", Fixtures.normal(new Philox(5), 3, sequences, 2))
        .target("price", Fixtures.normal(new Philox(6), sequences, 1))
        .target("kind", Tensor.of(kinds));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void twoInputsASharedEncoderAndTwoLosses(Precision precision) {
    Pair model = Pair.of();
    TrainingStep step =
        TrainingStep.of(model, model::objective).optimizer(Adam.rate(0.02)).compile(precision);
    double first = step.run(pairs(5));
    Map<String, Double> losses = step.losses();
    assertEquals(first, losses.get("price") + 0.5 * losses.get("kind"), 1e-12);
    for (int i = 0; i < 100; i++) {
      step.run(pairs(5));
    }
    assertTrue(step.evaluate(pairs(5)) < 0.3 * first);
    assertEquals(Shape.of(5, 3), step.output("logits").shape());
    // Parts of the batch are the batch, for each of the losses.
    step.compute(pairs(5).sequences(0, 2), pairs(5).sequences(2, 5));
    Map<String, Tensor> parts = step.gradients();
    step.compute(pairs(5));
    step.gradients()
        .forEach(
            (name, whole) ->
                assertEquals(
                    whole.at(0),
                    parts.get(name).at(0),
                    precision == Precision.FLOAT64 ? 1e-12 : 1e-5,
                    name));
    Predictor predictor =
        Predictor.of(
            model,
            feed -> model.kind().apply(model.encoder().apply(feed.signal("right"))).values(),
            step.weights());
    step.evaluate(pairs(5));
    assertTrue(predictor.predict(pairs(5)).sameAs(step.output("logits")));
  }

  @Test
  void aTrainerTakesTwoInputsAndTwoLosses() {
    Pair model = Pair.of();
    TrainingStep step =
        TrainingStep.of(model, model::objective)
            .optimizer(Adam.rate(0.02))
            .compile(Precision.FLOAT32);
    History history =
        Trainer.of(step)
            .epochs(60)
            .accumulate(2)
            .validation(() -> List.of(pairs(5)), 60)
            .metric("logits", "kind", Metrics::accuracy)
            .judgeByLargest("accuracy")
            .run(() -> List.of(pairs(5).sequences(0, 2), pairs(5).sequences(2, 5)));
    assertEquals(60, history.updates().size(), "two batches make an update");
    assertTrue(history.epochs().get(59).loss() < 0.3 * history.epochs().get(0).loss());
    assertEquals(1, history.validations().get(59).metrics().get("accuracy"));
  }

  @Test
  void freezingGoesByPath() {
    Pair model = Pair.of();
    TrainingStep step =
        TrainingStep.of(model, model::objective)
            .optimizer(Adam.rate(0.02))
            .freeze("encoder", "**.bias")
            .compile(Precision.FLOAT64);
    step.run(pairs(3));
    step.weights()
        .values(model)
        .forEach(
            (path, value) ->
                assertEquals(
                    path.startsWith("encoder") || path.endsWith("bias"),
                    value.sameAs(dev.rnn4j.graph.Parameters.of(model).get(path).initial()),
                    path));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> TrainingStep.of(model, model::objective).freeze("encodr"))
            .getMessage()
            .startsWith("encodr is to be frozen, and the model has only"));
  }

  @Test
  void aParameterThatTheModelDoesNotListIsRefused() {
    Dense hidden = Dense.of(6, 6, new Philox(9));
    Layer model =
        Stacked.of(
            new Recurrent<>(ElmanCell.of(2, 6, new Philox(1))),
            x -> hidden.apply(x),
            Dense.of(6, 1, new Philox(2)));
    Batch batch =
        Batch.of(Fixtures.normal(new Philox(4), 3, 2, 2), Fixtures.normal(new Philox(5), 3, 2, 1));
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT64);
    String message =
        assertThrows(IllegalArgumentException.class, () -> step.run(batch)).getMessage();
    assertTrue(message.startsWith("the parameter "), message);
    assertTrue(message.contains("is not part of the model, which lists [layers.0."), message);
    assertThrows(IllegalArgumentException.class, () -> step.evaluate(batch));
    Predictor predictor = Predictor.of(model, Weights.of(Precision.FLOAT64));
    assertThrows(IllegalArgumentException.class, () -> predictor.predict(batch.x()));
    assertThrows(
        IllegalArgumentException.class,
        () -> Streaming.of(model, Weights.of(Precision.FLOAT64), Shape.of(2)));
    TrainingStep frozen =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .frozen(hidden)
            .compile(Precision.FLOAT64);
    double first = frozen.run(batch);
    assertTrue(frozen.run(batch) < first);
    assertTrue(frozen.weights().get(hidden.weight()).sameAs(hidden.weight().initial()));
    predictor.frozen(hidden).predict(batch.x());
    assertThrows(IllegalArgumentException.class, () -> predictor.streaming(Shape.of(2)));
    predictor.frozen(hidden).streaming(Shape.of(2)).open();
  }

  @Test
  void anotherInstanceIsNotSaved(@TempDir Path folder) throws Exception {
    Fixtures.Forecast model = Fixtures.Forecast.of(2, 4, 1, 1);
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    step.run(Fixtures.batch(new Philox(1), 3, 2, 2));
    Path file = folder.resolve("model.safetensors");
    ModelFile.save(model, step.weights(), file, Map.of());
    assertEquals(step.weights().values(model).keySet(), Safetensors.load(file).tensors().keySet());
    Path other = folder.resolve("other.safetensors");
    Fixtures.Forecast same = Fixtures.Forecast.of(2, 4, 1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelFile.save(same, step.weights(), other, Map.of()));
    assertTrue(Files.notExists(other));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Predictor.of(same, step.weights()))
            .getMessage();
    assertEquals(
        "the weights hold values of another model and none for rnn.cell.gate.weightIh: give the"
            + " instance that was trained, as two models are never the same, however alike",
        message);
    Layer rnn = new Recurrent<>(same.rnn().cell());
    assertThrows(
        IllegalArgumentException.class, () -> Streaming.of(rnn, step.weights(), Shape.of(2)));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aCallThatThrowsChangesNothing(Precision precision) {
    Pair model = Pair.of();
    TrainingStep step =
        TrainingStep.of(model, model::objective).optimizer(Adam.rate(0.02)).compile(precision);
    step.run(pairs(4));
    Map<String, Tensor> before = step.checkpoint();
    Batch wrong = pairs(4).sequences(0, 2);
    Batch label =
        Batch.empty()
            .input("left", pairs(2).get("left"))
            .input("right", pairs(2).get("right"))
            .target("price", pairs(2).get("price"))
            .target("kind", Tensor.of(0, 7));
    Batch shape =
        Batch.empty()
            .input("left", Fixtures.normal(new Philox(1), 3, 2, 5))
            .input("right", pairs(2).get("right"))
            .target("price", pairs(2).get("price"))
            .target("kind", pairs(2).get("kind"));
    for (Batch batch : List.of(shape, label)) {
      if (batch == label && !refuses(step, label)) {
        continue; // a label outside the classes is no error of this loss: its weight is 0
      }
      assertThrows(RuntimeException.class, () -> step.run(batch));
      assertThrows(RuntimeException.class, () -> step.compute(wrong, batch));
      assertThrows(IllegalStateException.class, step::update);
      step.checkpoint().forEach((name, value) -> assertTrue(value.sameAs(before.get(name)), name));
    }
  }

  private static boolean refuses(TrainingStep step, Batch batch) {
    try {
      step.evaluate(batch);
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }

  /** The identity, which lets another thread in. */
  private static final class Waiting extends Op {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);

    @Override
    public String name() {
      return "waiting";
    }

    @Override
    public Shape shape(List<Node> operands) {
      return operands.get(0).shape();
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      inside.countDown();
      try {
        leave.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.arraycopy(x[0], 0, y, 0, y.length);
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return List.of(dy);
    }
  }

  @Test
  void twoCallsAtOnceAreRefused() throws Exception {
    Waiting waiting = new Waiting();
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    TrainingStep step =
        TrainingStep.of(
                w, feed -> Outcome.loss("l", LossSum.total(Node.apply(waiting, w).square().sum())))
            .optimizer(Sgd.rate(0.25))
            .compile(Precision.FLOAT64);
    Thread first = new Thread(() -> step.run(Batch.empty()));
    first.start();
    waiting.inside.await();
    assertEquals(
        "a training step is used by two calls at once: it belongs to one thread at a time",
        assertThrows(IllegalStateException.class, () -> step.run(Batch.empty())).getMessage());
    assertThrows(IllegalStateException.class, step::gradients);
    waiting.leave.countDown();
    first.join();
    assertEquals(0.5, step.weights().get(w).at(0));
    step.run(Batch.empty());
    assertEquals(0.25, step.weights().get(w).at(0));
  }

  @Test
  void aClassifierOfPaddedSequencesWithAdamAndDropout() {
    Layer model =
        Stacked.of(
            new Recurrent<>(GruCell.of(2, 12, new Philox(1))).last(),
            new Dropout(0.2),
            Dense.of(12, 2, new Philox(2)));
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.02))
            .seed(3)
            .compile(Precision.FLOAT32);
    Tensor x = Fixtures.normal(new Philox(3), 9, 16, 2);
    double[] sign = new double[16];
    int[] lengths = new int[16];
    for (int n = 0; n < 16; n++) {
      lengths[n] = 1 + n % 9;
      sign[n] = x.get(0, n, 0) > 0 ? 1 : 0;
    }
    Batch batch = Batch.of(x, Tensor.of(sign)).lengths(lengths);
    double first = step.evaluate(batch);
    for (int i = 0; i < 200; i++) {
      step.run(batch);
    }
    assertTrue(step.evaluate(batch) < 0.2 * first, step.evaluate(batch) + " after " + first);
    assertEquals(step.evaluate(batch), step.evaluate(batch), "nothing is drawn in inference");
    // The masks of an update do not depend on how its batch is cut.
    step.compute(batch);
    Tensor whole = step.gradient("layers.2.weight");
    step.compute(batch.sequences(0, 5), batch.sequences(5, 16));
    Tensor parts = step.gradient("layers.2.weight");
    for (int i = 0; i < whole.shape().elements(); i++) {
      assertEquals(whole.at(i), parts.at(i), 1e-5);
    }
  }
}
