package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients of an update that come from several batches. */
class AccumulationTest {
  private record Tagger(Recurrent<LstmCell.State> rnn, Dense out) implements Layer {
    static Tagger of() {
      return new Tagger(
          new Recurrent<>(LstmCell.of(3, 5, new Philox(1))), Dense.of(5, 2, new Philox(2)));
    }

    @Override
    public Signal apply(Signal x) {
      return out.apply(rnn.apply(x));
    }
  }

  private static final int[] LENGTHS = {4, 9, 1, 6};

  private static TrainingStep step(Precision precision) {
    return TrainingStep.of(Tagger.of(), Losses.meanSquaredError())
        .optimizer(Adam.rate(0.01))
        .clip(Clip.byGlobalNorm(1))
        .compile(precision);
  }

  private static Batch sequence(int i) {
    int steps = LENGTHS[i];
    return Batch.of(
        Fixtures.normal(new Philox(10 + i), steps, 1, 3),
        Fixtures.normal(new Philox(20 + i), steps, 1, 2));
  }

  private static Batch[] parts() {
    return new Batch[] {sequence(0), sequence(1), sequence(2), sequence(3)};
  }

  /** All sequences in one batch, with NaN where they are padded. */
  private static Batch padded() {
    double[] x = new double[9 * 4 * 3];
    double[] y = new double[9 * 4 * 2];
    Arrays.fill(x, Double.NaN);
    Arrays.fill(y, Double.NaN);
    for (int n = 0; n < 4; n++) {
      for (int t = 0; t < LENGTHS[n]; t++) {
        for (int i = 0; i < 3; i++) {
          x[(t * 4 + n) * 3 + i] = sequence(n).x().get(t, 0, i);
        }
        for (int i = 0; i < 2; i++) {
          y[(t * 4 + n) * 2 + i] = sequence(n).y().get(t, 0, i);
        }
      }
    }
    return Batch.of(Tensor.of(Shape.of(9, 4, 3), x), Tensor.of(Shape.of(9, 4, 2), y))
        .lengths(LENGTHS);
  }

  private static void assertClose(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, value) -> {
          for (int i = 0; i < value.shape().elements(); i++) {
            assertEquals(value.at(i), actual.get(name).at(i), 1e-12, name);
          }
        });
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, value) -> assertTrue(value.sameAs(actual.get(name)), name));
  }

  @Test
  void fourBatchesOfDifferentLengthsAreOnePaddedBatch() {
    TrainingStep whole = step(Precision.FLOAT64);
    TrainingStep parts = step(Precision.FLOAT64);
    for (int k = 0; k < 3; k++) {
      double loss = whole.compute(padded());
      assertEquals(loss, parts.compute(parts()), 1e-12);
      assertEquals(loss, whole.evaluate(padded()), 1e-12);
      assertEquals(loss, whole.evaluate(List.of(parts())), 1e-12);
      assertClose(whole.gradients(), parts.gradients());
      assertEquals(whole.gradientNorm(), parts.gradientNorm(), 1e-12);
      assertEquals(whole.weigh(padded()), parts.weigh(parts()));
      whole.update();
      parts.update();
    }
    assertClose(whole.weights().values(whole.model()), parts.weights().values(parts.model()));
    assertEquals(12, parts.sequences());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void sumsAreThoseOfABinaryTree(Precision precision) {
    TrainingStep step = step(precision);
    Map<String, Double> total = step.weigh(parts());
    List<Map<String, Tensor>> each = new ArrayList<>();
    for (Batch part : parts()) {
      step.compute(total, part);
      each.add(step.gradients());
    }
    step.compute(parts());
    assertSame(
        sum(
            precision,
            sum(precision, each.get(0), each.get(1)),
            sum(precision, each.get(2), each.get(3))),
        step.gradients());
    Batch[] three = Arrays.copyOf(parts(), 3);
    step.compute(total, three);
    assertSame(
        sum(precision, sum(precision, each.get(0), each.get(1)), each.get(2)), step.gradients());
  }

  private static Map<String, Tensor> sum(
      Precision precision, Map<String, Tensor> a, Map<String, Tensor> b) {
    Map<String, Tensor> sums = new LinkedHashMap<>();
    a.forEach(
        (name, first) -> {
          double[] sum = first.toDoubles();
          for (int i = 0; i < sum.length; i++) {
            sum[i] += b.get(name).at(i);
          }
          sums.put(name, Tensor.of(first.shape(), sum).to(precision));
        });
    return sums;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void computeAndUpdateAreARun(Precision precision) {
    TrainingStep run = step(precision);
    TrainingStep halves = step(precision);
    for (Batch batch : List.of(padded(), sequence(0), sequence(1), padded())) {
      assertEquals(run.run(batch), halves.compute(batch));
      assertSame(run.gradients(), halves.gradients());
      assertEquals(run.gradientNorm(), halves.gradientNorm());
      halves.update();
    }
    assertSame(run.checkpoint(), halves.checkpoint());
  }

  /** Two machines, each with its share, that add up weights and gradients. */
  @Test
  void sharesOfAnUpdateAddUp() {
    TrainingStep whole = step(Precision.FLOAT64);
    TrainingStep one = step(Precision.FLOAT64);
    TrainingStep two = step(Precision.FLOAT64);
    Batch[] left = {sequence(0), sequence(1)};
    Batch[] right = {sequence(2), sequence(3)};
    Map<String, Double> total = new LinkedHashMap<>(one.weigh(left));
    two.weigh(right).forEach((name, weight) -> total.merge(name, weight, Double::sum));
    double loss = one.compute(total, left) + two.compute(total, right);
    Map<String, Tensor> sums = sum(Precision.FLOAT64, one.gradients(), two.gradients());
    one.setGradients(sums);
    two.setGradients(sums);
    assertEquals(loss, whole.compute(parts()), 1e-15);
    assertSame(whole.gradients(), sums);
    whole.update();
    one.update();
    two.update();
    assertSame(whole.weights().values(whole.model()), one.weights().values(one.model()));
    assertSame(one.weights().values(one.model()), two.weights().values(two.model()));
  }

  @Test
  void gradientsCanBeChangedBeforeTheUpdate() {
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    TrainingStep step =
        TrainingStep.of(w, feed -> Outcome.loss("l", dev.rnn4j.loss.LossSum.total(w.square())))
            .optimizer(dev.rnn4j.optimizer.Sgd.rate(0.5))
            .compile(Precision.FLOAT64);
    assertEquals(
        "compute() comes before setGradient(): it sets one of all gradients",
        assertThrows(IllegalStateException.class, () -> step.setGradient("w", Tensor.scalar(1)))
            .getMessage());
    step.compute(Batch.empty());
    step.setGradient("w", Tensor.scalar(4));
    assertEquals(4, step.gradientNorm());
    step.update();
    assertEquals(-1, step.weights().get(w).item());
    step.setGradients(Map.of("w", Tensor.scalar(-2)));
    step.update();
    assertEquals(0, step.weights().get(w).item());
    assertThrows(IllegalArgumentException.class, () -> step.setGradients(Map.of()));
  }

  @Test
  void restoringForgetsWhatWasComputed() {
    TrainingStep step = step(Precision.FLOAT64);
    Map<String, Tensor> checkpoint = step.checkpoint();
    step.compute(sequence(0));
    step.restore(checkpoint);
    assertThrows(IllegalStateException.class, step::update);
    assertThrows(IllegalStateException.class, step::gradientNorm);
    assertThrows(IllegalArgumentException.class, () -> step(Precision.FLOAT32).restore(checkpoint));
  }

  @Test
  void accumulationOfMaskedBatchesAllocatesNothing() {
    // Of simple ops: what counts here is what a step adds to the plan, which has its own test.
    TrainingStep step =
        TrainingStep.of(Dense.of(3, 2, new Philox(2)), Losses.meanSquaredError())
            .optimizer(Adam.rate(0.01))
            .clip(Clip.byGlobalNorm(1))
            .compile(Precision.FLOAT32);
    Batch[] parts = parts();
    Batch one = padded();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    // Time may pass while the process is stopped: there are many rounds in any case.
    long deadline = System.nanoTime() + 60_000_000_000L;
    for (int round = 0; least > 0 && (round < 1000 || System.nanoTime() < deadline); round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 100; i++) {
        step.compute(parts);
        step.gradientNorm();
        step.update();
        step.run(one);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
  }
}
