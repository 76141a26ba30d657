package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adadelta;
import dev.rnn4j.optimizer.Adagrad;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.AdamW;
import dev.rnn4j.optimizer.Adamax;
import dev.rnn4j.optimizer.Averaged;
import dev.rnn4j.optimizer.Lion;
import dev.rnn4j.optimizer.MomentumSgd;
import dev.rnn4j.optimizer.NAdam;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.RAdam;
import dev.rnn4j.optimizer.RmsProp;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.optimizer.Unfreezing;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All optimizers within a training step. */
class OptimizersTest {
  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Sgd.rate(0.1).momentum(0.9),
        MomentumSgd.rate(0.1).momentum(0.8).dampening(0.3),
        Adagrad.rate(0.1).rateDecay(0.1).initialSum(0.1),
        Adadelta.rate(1),
        RmsProp.rate(0.01).centered().momentum(0.9),
        Adam.rate(0.01).amsgrad(),
        AdamW.rate(0.01),
        Adamax.rate(0.01).weightDecay(0.1),
        NAdam.rate(0.01).weightDecay(0.1).decoupled(),
        RAdam.rate(0.01).betas(0.9, 0.9),
        Lion.rate(0.01).weightDecay(0.1),
        Averaged.exponential(Adam.rate(0.01), 0.9),
        Averaged.equal(Sgd.rate(0.1), 4, 2),
        Unfreezing.of(Adam.rate(0.01)).from("rnn", 5),
        Averaged.exponential(Unfreezing.of(NAdam.rate(0.01)).from("**.bias", 8), 0.5));
  }

  private static final List<Batch> BATCHES =
      IntStream.range(0, 12).mapToObj(i -> Fixtures.batch(new Philox(i), 5, 3, 2)).toList();

  private static TrainingStep step(Optimizer optimizer, Precision precision) {
    return TrainingStep.of(Fixtures.Forecast.of(2, 5, 1, 1), Losses.meanSquaredError())
        .optimizer(optimizer)
        .clip(Clip.byGlobalNorm(0.5))
        .schedule(Schedule.cosine(20, 0.1))
        .compile(precision);
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, value) -> assertTrue(value.sameAs(actual.get(name)), name));
  }

  /** A checkpoint holds all that an optimizer remembers. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void goesOnAfterACheckpointWithTheSameBits(Optimizer optimizer) {
    for (Precision precision : Precision.values()) {
      TrainingStep undisturbed = step(optimizer, precision);
      BATCHES.forEach(undisturbed::run);
      for (int cut : new int[] {0, 1, 6}) {
        TrainingStep first = step(optimizer, precision);
        BATCHES.subList(0, cut).forEach(first::run);
        TrainingStep second = step(optimizer, precision);
        second.run(BATCHES.get(11));
        second.restore(first.checkpoint());
        BATCHES.subList(cut, 12).forEach(second::run);
        assertSame(undisturbed.checkpoint(), second.checkpoint());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void computeAndUpdateAreARun(Optimizer optimizer) {
    TrainingStep one = step(optimizer, Precision.FLOAT32);
    TrainingStep two = step(optimizer, Precision.FLOAT32);
    for (Batch batch : BATCHES) {
      one.run(batch);
      two.compute(batch);
      two.update();
    }
    assertSame(one.checkpoint(), two.checkpoint());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void allocatesNothing(Optimizer optimizer) {
    TrainingStep step = step(optimizer, Precision.FLOAT32);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 1000 && least > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 100; i++) {
        step.run(BATCHES.get(0));
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
  }

  @Test
  void anExponentialAverageFollowsTheValues() {
    TrainingStep step = step(Averaged.exponential(Adam.rate(0.05), 0.8), Precision.FLOAT64);
    Map<String, double[]> averages = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      step.run(BATCHES.get(i));
      double part = i == 0 ? 1 : 0.2;
      step.weights()
          .values(step.model())
          .forEach(
              (path, value) -> {
                double[] average = averages.computeIfAbsent(path, p -> value.toDoubles());
                for (int k = 0; k < average.length; k++) {
                  average[k] = (1 - part) * average[k] + part * value.at(k);
                }
              });
      assertAverages(averages, step);
    }
  }

  private static void assertAverages(Map<String, double[]> expected, TrainingStep step) {
    Map<String, Tensor> actual = Averages.of(step);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (path, values) -> {
          for (int k = 0; k < values.length; k++) {
            assertEquals(values[k], actual.get(path).at(k), 1e-15);
          }
        });
  }

  @Test
  void anEqualAverageIsTheMeanOfEverySoManyValues() {
    TrainingStep step = step(Averaged.equal(Sgd.rate(0.1), 3, 2), Precision.FLOAT64);
    Map<String, double[]> sums = new LinkedHashMap<>();
    int count = 0;
    for (int i = 0; i < 9; i++) {
      step.run(BATCHES.get(i));
      boolean due = i >= 3 && (i - 3) % 2 == 0;
      if (i < 3) {
        assertSame(step.weights().values(step.model()), Averages.of(step));
      } else if (due) {
        count++;
        step.weights()
            .values(step.model())
            .forEach(
                (path, value) -> {
                  double[] sum =
                      sums.computeIfAbsent(path, p -> new double[value.toDoubles().length]);
                  for (int k = 0; k < sum.length; k++) {
                    sum[k] += value.at(k);
                  }
                });
      }
      if (i >= 3) {
        Map<String, double[]> means = new LinkedHashMap<>();
        int values = count;
        sums.forEach(
            (path, sum) ->
                means.put(path, java.util.Arrays.stream(sum).map(s -> s / values).toArray()));
        assertAverages(means, step);
      }
    }
  }

  @Test
  void trainingDoesNotDependOnItsAverages() {
    TrainingStep plain = step(Adam.rate(0.01), Precision.FLOAT32);
    TrainingStep averaged = step(Averaged.exponential(Adam.rate(0.01), 0.9), Precision.FLOAT32);
    BATCHES.forEach(plain::run);
    BATCHES.forEach(averaged::run);
    assertSame(plain.weights().values(plain.model()), averaged.weights().values(averaged.model()));
    averaged.weights().setAll(averaged.model(), Averages.of(averaged));
    assertFalse(
        averaged
            .weights()
            .values(averaged.model())
            .get("output.bias")
            .sameAs(plain.weights().values(plain.model()).get("output.bias")));
  }

  /** Until it is thawed, a part is as if it were frozen: in its values, slots and in clipping. */
  @Test
  void unfreezingIsFreezingAndThenTraining() {
    Unfreezing rule = Unfreezing.of(Adam.rate(0.05)).from("rnn", 4);
    TrainingStep thawing = step(rule, Precision.FLOAT64);
    TrainingStep frozen =
        TrainingStep.of(Fixtures.Forecast.of(2, 5, 1, 1), Losses.meanSquaredError())
            .optimizer(Adam.rate(0.05))
            .freeze("rnn")
            .clip(Clip.byGlobalNorm(0.5))
            .schedule(Schedule.cosine(20, 0.1))
            .compile(Precision.FLOAT64);
    for (int i = 0; i < 4; i++) {
      thawing.run(BATCHES.get(i));
      frozen.run(BATCHES.get(i));
      assertEquals(frozen.gradientNorm(), thawing.gradientNorm(), 1e-15, "of what is trained");
      Map<String, Tensor> expected = frozen.checkpoint();
      Map<String, Tensor> actual = thawing.checkpoint();
      expected.forEach((name, value) -> assertTrue(value.sameAs(actual.get(name)), name));
    }
    thawing.run(BATCHES.get(4));
    // Adam's first step has the size of the rate, whatever the gradient.
    double rate = 0.05 * Schedule.cosine(20, 0.1).factor(4);
    Map<String, Tensor> before = frozen.checkpoint();
    Map<String, Tensor> after = thawing.checkpoint();
    for (String path : Parameters.of(thawing.model()).keySet()) {
      if (path.startsWith("rnn")) {
        for (int k = 0; k < before.get(path).shape().elements(); k++) {
          double moved = Math.abs(after.get(path).at(k) - before.get(path).at(k));
          assertEquals(rate, moved, 1e-5, path);
        }
      }
    }
  }

  /** Wrappers may stand in any order; an average of what does not move is its value. */
  @Test
  void averagesAndUnfreezingMayStandInAnyOrder() {
    Optimizer averagedInside =
        Unfreezing.of(Unfreezing.of(Averaged.equal(Adam.rate(0.05), 2, 3)).from("rnn", 3))
            .from("rnn.cell", 6);
    Optimizer averagedOutside =
        Averaged.equal(Unfreezing.of(Adam.rate(0.05)).from("rnn", 3).from("rnn.cell", 6), 2, 3);
    TrainingStep one = step(averagedInside, Precision.FLOAT64);
    TrainingStep other = step(averagedOutside, Precision.FLOAT64);
    Map<String, Tensor> first = one.checkpoint();
    for (Batch batch : BATCHES) {
      one.run(batch);
      other.run(batch);
      assertSame(other.checkpoint(), one.checkpoint());
      if (one.updates() <= 6) {
        Map<String, Tensor> averages = Averages.of(one);
        averages.forEach(
            (path, average) ->
                assertTrue(!path.startsWith("rnn") || average.sameAs(first.get(path)), path));
      }
    }
  }

  @Test
  void thereIsOneAverageOfAParameter() {
    Optimizer averaged = Unfreezing.of(Averaged.exponential(Sgd.rate(1), 0.5));
    assertEquals(
        "there is one average of a parameter, and SGD rate 1.0 averaged 0.5 unfreezing {} has it",
        assertThrows(IllegalArgumentException.class, () -> Averaged.equal(averaged, 0, 1))
            .getMessage());
  }

  @Test
  void aPatternOfUnfreezingMustFit() {
    Unfreezing rule = Unfreezing.of(Adam.rate(0.05)).from("encoder", 4);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> step(rule, Precision.FLOAT64))
            .getMessage()
            .startsWith("a setting is given for encoder, but Adam rate 0.05 unfreezing"));
  }
}
