package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch with a label that is none changes nothing. */
class RefusedBatchTest {
  private final Tensor x = Fixtures.normal(new Philox(4), 5, 3, 2);

  private static TrainingStep step(int threads) {
    RandomGenerator random = new Philox(3);
    Layer model = Stacked.of(new Recurrent<>(ElmanCell.of(2, 4, random)), Dense.of(4, 6, random));
    return TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
        .optimizer(Sgd.rate(0.1).momentum(0.9))
        .clip(Clip.byGlobalNorm(1))
        .threads(threads)
        .compile(Precision.FLOAT32);
  }

  private static Tensor labels(double last) {
    return Tensor.of(Shape.of(5, 3), 0.0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, last);
  }

  private Batch batch(double last) {
    return Batch.of(x, labels(last));
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    expected.forEach((name, tensor) -> assertTrue(tensor.sameAs(actual.get(name)), name));
  }

  /** With 2 threads, in parts that are otherwise too small for it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void parametersAndWhatTheOptimizerRemembersStay(int threads) {
    System.setProperty("rnn.threads.work", "1");
    try {
      whatIsThereStays(threads);
    } finally {
      System.clearProperty("rnn.threads.work");
    }
  }

  private void whatIsThereStays(int threads) {
    TrainingStep step = step(threads);
    step.run(x, labels(2));
    Map<String, Tensor> before = step.checkpoint();
    for (double bad : new double[] {6, -1, 0.5, Double.NaN}) {
      String message =
          "the target y at time step 4, sequence 2 is "
              + bad
              + ", and classes are whole numbers from 0 to 5";
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> step.run(x, labels(bad)))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> step.compute(batch(bad)));
      assertThrows(IllegalArgumentException.class, () -> step.evaluate(x, labels(bad)));
      assertSame(before, step.checkpoint());
    }
    TrainingStep other = step(threads);
    other.run(x, labels(2));
    assertEquals(other.run(x, labels(3)), step.run(x, labels(3)));
    assertSame(other.checkpoint(), step.checkpoint());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aLabelOfTwoWhereThereAreZeroAndOneIsRefused(int threads) {
    RandomGenerator random = new Philox(3);
    Layer model = Stacked.of(new Recurrent<>(ElmanCell.of(2, 4, random)), Dense.of(4, 1, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.binaryCrossEntropy())
            .optimizer(Sgd.rate(0.1).momentum(0.9))
            .threads(threads)
            .compile(Precision.FLOAT32);
    Shape shape = Shape.of(5, 3, 1);
    double[] y = {0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0};
    step.run(x, Tensor.of(shape, y));
    Map<String, Tensor> before = step.checkpoint();
    y[7] = 2;
    String message =
        assertThrows(IllegalArgumentException.class, () -> step.run(x, Tensor.of(shape, y)))
            .getMessage();
    assertTrue(
        message.startsWith(
            "the target y at time step 2, sequence 1 has the value 2.0, and a label"),
        message);
    assertSame(before, step.checkpoint());
    Tensor mask = Tensor.of(Shape.of(5, 3), 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1);
    step.run(Batch.of(x, Tensor.of(shape, y)).mask(mask));
    assertEquals(2, step.updates());
  }

  @Test
  void nothingIsUpdatedFromARefusedBatch() {
    TrainingStep step = step(1);
    step.compute(batch(2));
    assertThrows(IllegalArgumentException.class, () -> step.compute(batch(9)));
    assertThrows(IllegalStateException.class, step::update);
    step.compute(batch(2));
    step.update();
    assertEquals(1, step.updates());
  }

  @Test
  void aMaskThatFitsNothingIsNotLeftOut() {
    assertRefused(
        "the mask [4, 3] fits nothing in the batch [x [5, 3, 2], y [5, 3], the mask [4, 3]]:"
            + " a mask is [T, N], as its input begins",
        batch(2).mask(Tensor.full(Shape.of(4, 3), 1)));
    assertRefused(
        "the mask of z [5, 3] belongs to no input of the batch, which has"
            + " [x [5, 3, 2], y [5, 3], the mask of z [5, 3]]",
        batch(2).mask("z", Tensor.full(Shape.of(5, 3), 1)));
  }

  @Test
  void weightsOfWhatIsNotThereAreNotLeftOut() {
    assertRefused(
        "the weights of z [5, 3] belong to no target of the batch, which has"
            + " [x [5, 3, 2], y [5, 3], the weights of z [5, 3]]",
        batch(2).weights("z", Tensor.full(Shape.of(5, 3), 1)));
  }

  private static void assertRefused(String message, Batch batch) {
    TrainingStep step = step(1);
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> step.run(batch)).getMessage());
  }
}
