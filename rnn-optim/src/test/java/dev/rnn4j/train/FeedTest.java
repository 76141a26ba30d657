package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What weights and masks of a batch belong to, whatever its sizes: three sequences. */
class FeedTest {
  private static final String CURE =
      " is [T, N] or [N, ...] cannot be told, as both fit: say Axes.TIME_BATCH or Axes.BATCH behind"
          + " the tensor";

  private static Tensor counting(int... sizes) {
    Shape shape = Shape.of(sizes);
    return Tensor.of(shape, IntStream.range(0, shape.elements()).asDoubleStream().toArray());
  }

  // ---------------------------------------------------------------- weights

  /** Returns the loss of a batch whose prediction is 0 wherever its target is a number. */
  private static double loss(Loss loss, Batch batch) {
    Fixtures.Scale zero = Fixtures.Scale.of(0);
    return TrainingStep.of(
            zero,
            feed -> {
              Signal prediction = Signal.of(feed.node("y").times(zero.w()));
              return Outcome.loss("loss", loss.of(prediction, feed.target("y")));
            })
        .optimizer(Sgd.rate(0))
        .compile(Precision.FLOAT64)
        .evaluate(batch);
  }

  private static Batch weighted(Batch batch) {
    return batch.weights(Tensor.of(0, 1, 3));
  }

  /** The targets of each step are 3t, 3t + 1 and 3t + 2. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void weightsOfSequencesWeighThem(int steps) {
    Tensor y = counting(steps, 3);
    double mean = 3 * (steps - 1) / 2.0;
    double expected = (mean + 1 + 3 * (mean + 2)) / 4;
    Batch said = weighted(Batch.empty().target("y", y, Axes.TIME_BATCH));
    assertEquals(expected, loss(Losses.meanAbsoluteError(), said), 1e-12);
    Batch seen = weighted(Batch.of(Tensor.zeros(Shape.of(steps, 3, 1)), y));
    if (steps != 3) {
      assertEquals(expected, loss(Losses.meanAbsoluteError(), seen), 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void weightsOfSequencesWithoutTimeWeighThem(int outputs) {
    Tensor y = counting(3, outputs);
    double ofOutputs = (outputs - 1) / 2.0;
    double expected = (outputs + ofOutputs + 3 * (2 * outputs + ofOutputs)) / 4;
    Batch said = weighted(Batch.empty().target("y", y, Axes.BATCH));
    assertEquals(expected, loss(Losses.meanAbsoluteError(), said), 1e-12);
    Batch seen = weighted(Batch.of(Tensor.zeros(Shape.of(5, 3, 1)), y));
    assertEquals(expected, loss(Losses.meanAbsoluteError(), seen), 1e-12, "T is 5, and no output");
  }

  @Test
  void weightsOfWhatMayHaveTimeAreRefused() {
    Batch batch = weighted(Batch.of(Tensor.zeros(Shape.of(3, 3, 1)), counting(3, 3)));
    assertEquals(
        "whether the prediction [3, 3] is [T, N] or [N, ...] cannot be told, and weights [3] of"
            + " sequences fit both: say Axes.TIME_BATCH or Axes.BATCH behind the target of the"
            + " batch, or target.along(axes)",
        assertThrows(IllegalArgumentException.class, () -> loss(Losses.meanAbsoluteError(), batch))
            .getMessage());
  }

  /** Labels [S, N], with S = T = N too: one cost for each sequence. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void weightsOfLabelSequencesAreOfThem(int labels) {
    Tensor y = Tensor.full(Shape.of(labels, 3), 1);
    Tensor x = Fixtures.normal(new Philox(1), 9, 3, 2);
    Fixtures.Scale one = Fixtures.Scale.of(1);
    TrainingStep step =
        TrainingStep.of(one, Losses.ctc()).optimizer(Sgd.rate(0)).compile(Precision.FLOAT64);
    double mean = 0;
    for (int n = 0; n < 3; n++) {
      Batch alone = Batch.empty().input("x", x, Axes.TIME_BATCH).target("y", y, Axes.NONE);
      double[] only = new double[3];
      only[n] = 1;
      mean += new double[] {0, 1, 3}[n] / 4 * step.evaluate(alone.weights(Tensor.of(only)));
    }
    for (Batch batch : new Batch[] {Batch.of(x, y), Batch.of(x).target("y", y, Axes.NONE)}) {
      assertEquals(mean, step.evaluate(weighted(batch)), 1e-12);
    }
  }

  // ---------------------------------------------------------------- masks

  /** Returns the sum of an input where its mask counts. */
  private static double sum(String input, Batch batch) {
    Tensor masked =
        Predictor.of(
                Fixtures.Scale.of(1),
                feed -> {
                  Signal signal = feed.signal(input);
                  return (signal.isMasked()
                          ? signal.values().times(signal.mask())
                          : signal.values())
                      .sum();
                },
                Weights.of(Precision.FLOAT64))
            .predict(batch);
    return masked.item();
  }

  private static Batch squares() {
    return Batch.empty().input("x", counting(3, 3, 1)).input("z", counting(3, 3));
  }

  /** Features [N, F] of sequences have no padding, with as many steps as sequences too. */
  @Test
  void aMaskIsNotForWhatMayHaveNoTime() {
    assertEquals(36, sum("z", squares()));
    assertEquals(36, sum("z", squares().lengths(3, 3, 3)), "all counts");
    assertEquals(
        "the mask of the batch is for inputs [T, N, ...], and whether z [3, 3]" + CURE,
        assertThrows(IllegalArgumentException.class, () -> sum("z", squares().lengths(3, 2, 1)))
            .getMessage());
    Batch x = Batch.of(counting(3, 3, 1));
    assertEquals(36, sum("z", x.input("z", counting(3, 3), Axes.BATCH).lengths(3, 2, 1)));
    assertEquals(16, sum("z", x.input("z", counting(3, 3), Axes.TIME_BATCH).lengths(3, 2, 1)));
    assertEquals(36, sum("z", squares().lengths("x", 3, 2, 1)), "a mask of x is not for z");
    assertEquals(16, sum("z", squares().lengths("z", 3, 2, 1)));
    assertEquals(15, sum("z", x.input("z", counting(3, 2)).lengths(3, 2, 1)), "N = 3, F = 2");
  }

  /** A mask that is for nothing else tells that indices have time, if T = N and with targets. */
  @Test
  void aMaskIsForTheOnlyInputThatItFits() {
    Batch indices = Batch.of(counting(3, 3));
    for (Batch batch :
        new Batch[] {
          indices,
          indices.target("y", counting(3, 3)),
          indices.target("y", counting(3)),
          indices.input("z", counting(3, 3), Axes.BATCH),
          indices.input("z", counting(3, 2))
        }) {
      assertEquals(16, sum("x", batch.lengths(3, 2, 1)), batch.toString());
    }
    assertEquals(
        "the mask of the batch is for inputs [T, N, ...], and whether x [3, 3]" + CURE,
        assertThrows(
                IllegalArgumentException.class,
                () -> sum("x", indices.input("z", counting(3, 3)).lengths(3, 2, 1)))
            .getMessage());
  }

  /** A refused batch is one that training refuses before anything has changed. */
  @Test
  void aRefusedMaskChangesNothing() {
    Fixtures.Scale model = Fixtures.Scale.of(1);
    TrainingStep step =
        TrainingStep.of(
                model,
                feed ->
                    Outcome.loss(
                        "loss",
                        Losses.meanSquaredError()
                            .of(model.apply(feed.signal("z")), feed.target("y"))))
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT64);
    Batch batch = squares().target("y", counting(3, 3));
    assertThrows(IllegalArgumentException.class, () -> step.run(batch.lengths(3, 3, 2)));
    assertEquals(1, step.weights().get(model.w()).item());
    assertEquals(0, step.updates());
    assertEquals(0, step.run(batch.lengths(3, 3, 3)));
    assertThrows(IllegalArgumentException.class, () -> step.run(batch.lengths(3, 3, 2)));
    assertEquals(1, step.updates());
  }

  @Test
  void aMaskOfWhatHasNoTimeIsRefused() {
    Batch rows = Batch.of(counting(5, 3, 1)).input("z", counting(3, 3), Axes.BATCH);
    Tensor ones = Tensor.full(Shape.of(3, 3), 1);
    assertEquals(
        "the mask of z [3, 3] is for time steps, and the axes of z [3, 3] were said to be BATCH:"
            + " leave out the mask, or say Axes.TIME_BATCH",
        assertThrows(IllegalArgumentException.class, () -> sum("z", rows.mask("z", ones)))
            .getMessage());
    String message =
        assertThrows(IllegalArgumentException.class, () -> sum("x", rows.mask(ones))).getMessage();
    assertTrue(message.startsWith("the mask [3, 3] fits nothing in the batch"), message);
  }
}
