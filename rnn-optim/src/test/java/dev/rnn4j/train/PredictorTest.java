package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Forecast;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictorTest {
  private static final Forecast MODEL = Forecast.of(3, 13, 2, 1);

  private static Predictor predictor(Precision precision) {
    return Predictor.of(MODEL, Weights.of(precision));
  }

  /** Returns sequence n of a batch, {@code [T, 1, I]}. */
  private static Tensor sequence(Tensor batch, int n) {
    int steps = batch.shape().size(0);
    int features = batch.shape().size(2);
    double[] values = new double[steps * features];
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < features; i++) {
        values[t * features + i] = batch.get(t, n, i);
      }
    }
    return Tensor.of(Shape.of(steps, 1, features), values);
  }

  @Test
  void saysWhatItIs() {
    assertEquals(
        "predictor in float32 of Forecast with " + Parameters.of(MODEL).size() + " parameters",
        predictor(Precision.FLOAT32).toString());
  }

  @Test
  void severalOutputsComeFromOneRun() {
    Tensor x = Fixtures.normal(new Philox(2), 7, 5, 3);
    Predictor predictor =
        Predictor.ofOutputs(
            MODEL,
            feed -> {
              Node y = MODEL.apply(feed.signal("x")).values();
              return ImmutableMap.of("y", y, "size", y.abs().sum(), "again", y);
            },
            Weights.of(Precision.FLOAT64));
    Map<String, Tensor> outputs = predictor.predictAll(Batch.of(x));
    assertEquals(List.of("y", "size", "again"), List.copyOf(outputs.keySet()));
    assertTrue(predictor(Precision.FLOAT64).predict(x).sameAs(outputs.get("y")));
    assertTrue(outputs.get("again").sameAs(outputs.get("y")));
    double size = 0;
    for (double value : outputs.get("y").toDoubles()) {
      size += Math.abs(value);
    }
    assertEquals(size, outputs.get("size").item(), 1e-13);
    assertEquals(
        "this predictor has the outputs [y, size, again]: ask predictAll for them",
        assertThrows(IllegalStateException.class, () -> predictor.predict(x)).getMessage());
    assertEquals(
        "what is read step by step has one output, and not [y, size, again]",
        assertThrows(IllegalStateException.class, () -> predictor.streaming(Shape.of(3)))
            .getMessage());
    assertTrue(
        predictor(Precision.FLOAT64)
            .predictAll(Batch.of(x))
            .get("prediction")
            .sameAs(outputs.get("y")));
  }

  @Test
  void agreesWithTheInterpreter() {
    Tensor x = Fixtures.normal(new Philox(2), 7, 5, 3);
    assertArrayEquals(
        MODEL.apply(Node.constant(x)).eval().toDoubles(),
        predictor(Precision.FLOAT64).predict(x).toDoubles(),
        1e-13);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aSequenceDoesNotDependOnItsBatch(Precision precision) {
    Predictor predictor = predictor(precision);
    for (int sequences : new int[] {1, 2, 7, 16, 33}) {
      Tensor batch = Fixtures.normal(new Philox(3), 6, sequences, 3);
      Tensor together = predictor.predict(batch);
      assertEquals(Shape.of(sequences, 2), together.shape());
      assertEquals(precision, together.precision());
      for (int n = 0; n < sequences; n++) {
        Tensor alone = predictor.predict(sequence(batch, n));
        assertEquals(together.get(n, 0), alone.get(0, 0));
        assertEquals(together.get(n, 1), alone.get(0, 1));
      }
    }
  }

  @Test
  void takesSequencesOfAnyLength() {
    Predictor predictor = predictor(Precision.FLOAT64);
    for (int steps : new int[] {1, 2, 11, 1, 2}) {
      Tensor x = Fixtures.normal(new Philox(steps), steps, 2, 3);
      assertArrayEquals(
          MODEL.apply(Node.constant(x)).eval().toDoubles(),
          predictor.predict(x).toDoubles(),
          1e-13);
    }
  }

  @Test
  void manyThreadsMayAsk() throws Exception {
    Predictor predictor = predictor(Precision.FLOAT32);
    List<Tensor> inputs =
        IntStream.range(0, 12)
            .mapToObj(i -> Fixtures.normal(new Philox(i), 3 + i % 3, 1 + i % 2, 3))
            .toList();
    List<Tensor> expected = inputs.stream().map(predictor::predict).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 2000)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> predictor.predict(inputs.get(i % 12)).sameAs(expected.get(i % 12)))
              .toList();
      for (Future<Boolean> same : threads.invokeAll(calls)) {
        assertTrue(same.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anInputOfTheWrongSizeIsAShapeErrorEveryTime() {
    Predictor predictor = predictor(Precision.FLOAT32);
    for (int i = 0; i < 2; i++) {
      ShapeException error =
          assertThrows(
              ShapeException.class,
              () -> predictor.predict(Fixtures.normal(new Philox(1), 5, 2, 4)));
      assertTrue(error.getMessage().contains("rnn.cell.gate.weightIh"), error.getMessage());
    }
  }

  @Test
  void seesChangesOfTheWeights() {
    Weights weights = Weights.of(Precision.FLOAT64);
    Predictor predictor = Predictor.of(MODEL, weights);
    Tensor x = Fixtures.normal(new Philox(1), 5, 1, 3);
    double before = predictor.predict(x).at(1);
    weights.set(MODEL.output().bias(), Tensor.of(0, 8));
    assertEquals(before + 8, predictor.predict(x).at(1), 1e-14);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void isLoadedInOneLine(Precision precision, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Weights weights = Weights.of(precision);
    weights.set(MODEL.output().bias(), Tensor.of(0.1, 0.2));
    ModelFile.save(MODEL, weights, file, Map.of());
    Tensor x = Fixtures.normal(new Philox(1), 5, 3, 3);
    Forecast same = Forecast.of(3, 13, 2, 99);
    Tensor y = Predictor.load(same, file, precision).predict(x);
    assertTrue(y.sameAs(Predictor.of(MODEL, weights).predict(x)));
  }
}
