package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Forecast;
import dev.rnn4j.train.internal.graph.Assignment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingStepTest {
  /** Two parts of which a test may give each its own rule. */
  private record Pair(Part first, Part second) {
    static Pair of(double... values) {
      return new Pair(
          new Part(Parameter.of(Tensor.scalar(values[0])), Parameter.of(Tensor.scalar(values[1]))),
          new Part(Parameter.of(Tensor.scalar(values[2])), Parameter.of(Tensor.scalar(values[3]))));
    }

    /** ½(a² + b² + c² + d²): every gradient is the value itself. */
    Node loss() {
      return Node.sum(
              List.of(first.a.square(), first.b.square(), second.a.square(), second.b.square()))
          .times(0.5);
    }
  }

  private record Part(Parameter a, Parameter b) {}

  /** For objectives that read no batch. */
  private static final Batch NONE = Batch.empty();

  private static TrainingStepBuilder minimize(Supplier<Node> loss, Object model) {
    return TrainingStep.of(model, feed -> Outcome.loss("loss", LossSum.total(loss.get())));
  }

  private static double value(TrainingStep step, Parameter parameter) {
    return step.weights().get(parameter).item();
  }

  private static TrainingStepBuilder forecast(Precision precision, Forecast model) {
    RandomGenerator random = new Philox(3);
    Node x = Node.constant(Fixtures.normal(random, 5, 3, 2));
    Node y = Node.constant(Fixtures.normal(random, 3, 1));
    return minimize(() -> model.apply(x).minus(y).square().mean(), model);
  }

  @Test
  void everyParameterFollowsItsRate() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5).rate("first", 0.25).rate("first.b", 0.125))
            .compile(Precision.FLOAT64);
    assertEquals(2, step.run(NONE));
    assertEquals(0.75, value(step, model.first.a));
    assertEquals(0.875, value(step, model.first.b));
    assertEquals(0.5, value(step, model.second.a));
    assertEquals(0.5, value(step, model.second.b));
  }

  @Test
  void saysWhatItDoes() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5).rate("first", 0.25))
            .freeze("second.b")
            .compile(Precision.FLOAT64);
    step.run(NONE);
    assertEquals(
        "training step in float64 of Pair: 3 of 4 parameters by SGD rate 0.25, SGD rate 0.5;"
            + " updates so far: 1",
        step.toString());
  }

  @Test
  void aRateForAPrefixOfANameIsForNoParameter() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStepBuilder builder =
        minimize(model::loss, model).optimizer(Sgd.rate(0.5).rate("fir", 0.1));
    assertEquals(
        "a setting is given for fir, but SGD rate 0.5 rates {fir=0.1} trains"
            + " [first.a, first.b, second.a, second.b]",
        assertThrows(IllegalArgumentException.class, () -> builder.compile(Precision.FLOAT64))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"frst, first", "First.a, first.a", "firsts.b, first.b", "second.c, second.a"})
  void thePathThatWasMeantIsNamed(String wrong, String meant) {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStepBuilder builder =
        minimize(model::loss, model).optimizer(Sgd.rate(0.5).rate(wrong, 0.1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.compile(Precision.FLOAT64))
            .getMessage();
    assertTrue(message.endsWith("]; did you mean " + meant + "?"), message);
  }

  @Test
  void aRateOutsideThePartOfItsOptimizerIsAnError() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStepBuilder builder =
        minimize(model::loss, model).optimizer(Sgd.rate(0.5).rate("second.a", 0.1), model.first);
    assertEquals(
        "a setting is given for second.a, but SGD rate 0.5 rates {second.a=0.1} trains"
            + " [first.a, first.b]",
        assertThrows(IllegalArgumentException.class, () -> builder.compile(Precision.FLOAT64))
            .getMessage());
  }

  @Test
  void partsHaveTheirOwnRulesAndTheRestStays() {
    Pair model = Pair.of(1, 2, 3, 4);
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5), model.second.b)
            .optimizer(Sgd.rate(0.25).momentum(0.5), model.first)
            .compile(Precision.FLOAT64);
    step.run(NONE);
    step.run(NONE);
    // v = −0.25·1; p = 0.75; v = −0.125 − 0.1875; p = 0.4375
    assertEquals(0.4375, value(step, model.first.a));
    assertEquals(0.875, value(step, model.first.b));
    assertEquals(3, value(step, model.second.a));
    assertEquals(1, value(step, model.second.b));
    assertEquals(
        Math.sqrt(0.75 * 0.75 + 1.5 * 1.5 + 2 * 2), step.gradientNorm(), 1e-15, "of the trained");
    assertEquals(
        "no parameter second.a is trained, only [first.a, first.b, second.b]",
        assertThrows(IllegalArgumentException.class, () -> step.gradient("second.a")).getMessage());
  }

  @Test
  void aParameterUnderTwoOptimizersIsNamed() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStepBuilder builder =
        minimize(model::loss, model).optimizer(Sgd.rate(0.5), model.second.b);
    assertEquals(
        "the parameter second.b is under two optimizers, SGD rate 0.5 and SGD rate 0.1:"
            + " give each its own part",
        assertThrows(IllegalArgumentException.class, () -> builder.optimizer(Sgd.rate(0.1)))
            .getMessage());
  }

  @Test
  void aPartThatIsNotInTheModelIsNamed() {
    Pair model = Pair.of(1, 1, 1, 1);
    Parameter stranger = Parameter.of("stranger", Tensor.scalar(1));
    TrainingStepBuilder builder = minimize(model::loss, model);
    assertEquals(
        "the parameter stranger, which SGD rate 0.1 is to train, is not in the model, which has"
            + " [first.a, first.b, second.a, second.b]",
        assertThrows(
                IllegalArgumentException.class, () -> builder.optimizer(Sgd.rate(0.1), stranger))
            .getMessage());
    assertEquals(
        "the part for SGD rate 0.1 has no parameters",
        assertThrows(
                IllegalArgumentException.class, () -> builder.optimizer(Sgd.rate(0.1), List.of()))
            .getMessage());
  }

  @Test
  void aSharedParameterIsOneValueWithTheSumOfGradients() {
    Parameter shared = Parameter.of(Tensor.scalar(1));
    Pair model = new Pair(new Part(shared, shared), new Part(shared, shared));
    TrainingStep step =
        minimize(model::loss, model).optimizer(Sgd.rate(0.125)).compile(Precision.FLOAT64);
    step.run(NONE);
    assertEquals(0.5, value(step, shared));
    assertEquals(4, step.gradientNorm());
    assertEquals(4, step.gradient("first.a").item());
    assertEquals(4, step.gradient("second.b").item());
  }

  @Test
  void aSharedParameterTakesTheRateOfAnyOfItsPaths() {
    Parameter shared = Parameter.of(Tensor.scalar(1));
    Pair model =
        new Pair(
            new Part(Parameter.of(Tensor.scalar(1)), shared),
            new Part(shared, Parameter.of(Tensor.scalar(1))));
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5).rate("second.a", 0.125))
            .compile(Precision.FLOAT64);
    step.run(NONE);
    assertEquals(0.75, value(step, shared));
    TrainingStepBuilder builder =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5).rate("second.a", 0.125).rate("first", 0.25));
    assertEquals(
        "the parameter at [first.b, second.a] is one, and has different learning rates:"
            + " {first=0.25, second.a=0.125}",
        assertThrows(IllegalArgumentException.class, () -> builder.compile(Precision.FLOAT64))
            .getMessage());
  }

  @Test
  void aTrainedParameterThatTheLossDoesNotReachOnlyDecays() {
    Pair model = Pair.of(1, 1, 1, 1);
    Supplier<Node> loss = model.first.a::square;
    TrainingStep plain =
        minimize(loss, model)
            .optimizer(Sgd.rate(0.5).momentum(0.5))
            .clip(Clip.byGlobalNorm(10))
            .compile(Precision.FLOAT64);
    plain.run(NONE);
    plain.run(NONE);
    assertEquals(1, value(plain, model.second.b));
    assertEquals(0, plain.gradient("second.b").item());
    TrainingStep decaying =
        minimize(loss, model).optimizer(Sgd.rate(0.5).weightDecay(0.5)).compile(Precision.FLOAT64);
    decaying.run(NONE);
    assertEquals(0.75, value(decaying, model.second.b));
  }

  @Test
  void refusesALossThatNothingTrainedReaches() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStepBuilder builder =
        minimize(model.first.a::square, model).optimizer(Sgd.rate(0.5), model.second);
    TrainingStep step = builder.compile(Precision.FLOAT64);
    assertEquals(
        "the loss depends on no parameter that is trained: [second.a, second.b]",
        assertThrows(IllegalArgumentException.class, () -> step.run(NONE)).getMessage());
  }

  @Test
  void refusesToCompileWithoutOptimizer() {
    Pair model = Pair.of(1, 1, 1, 1);
    assertEquals(
        "name an optimizer before compiling: optimizer(Sgd.rate(...))",
        assertThrows(
                IllegalStateException.class,
                () -> minimize(model::loss, model).compile(Precision.FLOAT64))
            .getMessage());
  }

  @Test
  void theScheduleScalesEveryRate() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5).rate("second", 0.25))
            .schedule(update -> update == 1 ? 0 : 0.5)
            .compile(Precision.FLOAT64);
    step.run(NONE);
    assertEquals(0.75, value(step, model.first.a));
    assertEquals(0.875, value(step, model.second.b));
    step.run(NONE);
    assertEquals(0.75, value(step, model.first.a));
    step.run(NONE);
    assertEquals(0.75 * 0.75, value(step, model.first.a));
    assertEquals(3, step.updates());
  }

  @Test
  void warmupBeginsWithTheFirstUpdate() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5))
            .schedule(Schedule.constant().warmup(4))
            .compile(Precision.FLOAT64);
    double expected = 1;
    for (double factor : new double[] {0.25, 0.5, 0.75, 1, 1}) {
      step.run(NONE);
      expected -= 0.5 * factor * expected;
      assertEquals(expected, value(step, model.first.a), 1e-15);
    }
  }

  @Test
  void refusesASchedulesFactorThatIsNone() {
    Pair model = Pair.of(1, 1, 1, 1);
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5))
            .schedule(update -> update == 1 ? Double.NaN : 1)
            .compile(Precision.FLOAT64);
    step.run(NONE);
    assertEquals(
        "the schedule gives NaN for update 1, which is not a finite number from 0 up",
        assertThrows(IllegalArgumentException.class, () -> step.run(NONE)).getMessage());
    assertEquals(0.5, value(step, model.first.a));
    assertEquals(1, step.updates());
  }

  @Test
  void clipsBeforeTheUpdateAndRecordsTheNormBefore() {
    Pair model = Pair.of(3, 0, 0, 4);
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(1))
            .clip(Clip.byGlobalNorm(1))
            .compile(Precision.FLOAT64);
    step.run(NONE);
    assertEquals(5, step.gradientNorm());
    assertEquals(3, step.gradient("first.a").item());
    assertEquals(3 - 3 / 5.000001, value(step, model.first.a), 1e-15);
    assertEquals(4 - 4 / 5.000001, value(step, model.second.b), 1e-15);
    assertEquals(0, value(step, model.second.a));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void computeAndUpdateAreARun(Precision precision) {
    Forecast model = Forecast.of(2, 7, 1, 1);
    Sgd sgd = Sgd.rate(0.1).momentum(0.9);
    TrainingStep whole = forecast(precision, model).optimizer(sgd).compile(precision);
    TrainingStep halves = forecast(precision, model).optimizer(sgd).compile(precision);
    for (int i = 0; i < 5; i++) {
      assertEquals(whole.run(NONE), halves.compute(NONE));
      halves.update();
    }
    whole
        .checkpoint()
        .forEach((name, value) -> assertTrue(value.sameAs(halves.checkpoint().get(name)), name));
    assertNotEquals(model.output().bias().initial().item(), value(whole, model.output().bias()));
  }

  @Test
  void anUpdateNeedsAComputation() {
    TrainingStep step =
        forecast(Precision.FLOAT64, Forecast.of(2, 3, 1, 1))
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT64);
    assertEquals(
        "compute() or setGradients() comes before update()",
        assertThrows(IllegalStateException.class, step::update).getMessage());
    step.compute(NONE);
    step.update();
    assertThrows(IllegalStateException.class, step::update);
    assertEquals(1, step.updates());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aWarmRunAllocatesNothing(Precision precision) {
    // Of simple ops: what counts here is what a step adds to the plan, which has its own test.
    Dense model = Dense.of(2, 7, new Philox(1));
    Node x = Node.constant(Fixtures.normal(new Philox(2), 5, 3, 2));
    TrainingStep step =
        minimize(() -> model.apply(x).square().mean(), model)
            .optimizer(Sgd.rate(0.1).momentum(0.9).weightDecay(1e-3).rate("bias", 0.05))
            .clip(Clip.byGlobalNorm(1))
            .schedule(Schedule.cosine(100_000, 0.1).warmup(10))
            .compile(precision);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    double sum = 0;
    long least = Long.MAX_VALUE;
    Batch[] one = {NONE};
    Batch[] four = {NONE, NONE, NONE, NONE};
    // The first rounds link and warm up; what a run itself allocates, every round would show.
    for (int round = 0; round < 1000 && least > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 100; i++) {
        sum += step.run(NONE) + step.compute(one) + step.gradientNorm();
        step.update();
        sum += step.compute(four);
        step.update();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
    assertTrue(Double.isFinite(sum));
  }

  @Test
  void trainsTheWeightsItIsGiven() {
    Pair model = Pair.of(1, 1, 1, 1);
    Weights weights = Weights.of(Precision.FLOAT64);
    weights.set(model.first.a, Tensor.scalar(8));
    TrainingStep step =
        minimize(model::loss, model)
            .optimizer(Sgd.rate(0.5))
            .weights(weights)
            .compile(Precision.FLOAT64);
    step.run(NONE);
    assertEquals(4, weights.get(model.first.a).item());
    assertThrows(
        IllegalStateException.class,
        () ->
            minimize(model::loss, model)
                .optimizer(Sgd.rate(0.5))
                .weights(weights)
                .compile(Precision.FLOAT32));
  }

  @Test
  void theOrderOfParametersIsThatOfTheModel() {
    // The global norm adds up in this order, which must not change from one JVM to the next.
    Stacked model =
        Stacked.of(
            Dense.of(2, 3, new Philox(1)),
            Dense.of(3, 3, new Philox(2)),
            Dense.of(3, 1, new Philox(3)));
    Assignment assignment = new Assignment(model);
    assignment.assign(Sgd.rate(1), model.layers().get(1));
    assignment.assign(Sgd.rate(1), List.of(model.layers().get(2), model.layers().get(0)));
    assertEquals(
        List.of(
            "layers.1.weight",
            "layers.1.bias",
            "layers.2.weight",
            "layers.2.bias",
            "layers.0.weight",
            "layers.0.bias"),
        assignment.trained().stream().map(Assignment.Trained::path).toList());
  }

  @Test
  void theReferenceInPlainJavaAgrees() {
    // One linear layer, mean squared error, gradients by hand.
    RandomGenerator random = new Philox(9);
    double[][] x = Fixtures.normal(random, 5, 3).toMatrix();
    double[] y = Fixtures.normal(random, 5, 1).toDoubles();
    Dense model = Dense.of(3, 1, random);
    Node error =
        model.apply(Node.constant(Tensor.of(x))).minus(Node.constant(Tensor.of(Shape.of(5, 1), y)));
    TrainingStep step =
        minimize(() -> error.square().mean(), model)
            .optimizer(Sgd.rate(0.1).momentum(0.9))
            .compile(Precision.FLOAT64);
    double[] w = model.weight().initial().toDoubles();
    double b = 0;
    double[] v = new double[4];
    for (int k = 0; k < 20; k++) {
      double loss = 0;
      double[] g = new double[4];
      for (int i = 0; i < 5; i++) {
        double e = w[0] * x[i][0] + w[1] * x[i][1] + w[2] * x[i][2] + b - y[i];
        loss += e * e / 5;
        for (int j = 0; j < 3; j++) {
          g[j] += 2 * e * x[i][j] / 5;
        }
        g[3] += 2 * e / 5;
      }
      for (int j = 0; j < 4; j++) {
        v[j] = 0.9 * v[j] - 0.1 * g[j];
      }
      assertEquals(loss, step.run(NONE), 1e-13);
      for (int j = 0; j < 3; j++) {
        w[j] += v[j];
      }
      b += v[3];
      assertArrayEquals(w, step.weights().get(model.weight()).toDoubles(), 1e-13);
      assertEquals(b, value(step, model.bias()), 1e-13);
    }
  }

  /** One parameter has its new value already when the next one gets NaN. */
  @Test
  void anUpdateThatStopsAtNaNLeavesAllAsItWas() {
    Parameter first = Parameter.of("first", Tensor.scalar(1));
    Parameter second = Parameter.of("second", Tensor.scalar(2));
    System.setProperty("rnn.checks", "nan");
    try {
      TrainingStep step =
          minimize(() -> first.square().plus(second.square().times(0)), List.of(first, second))
              .optimizer(Sgd.rate(0.1).momentum(0.9).rate("1", 1e300))
              .compile(Precision.FLOAT32);
      Map<String, Tensor> before = step.checkpoint();
      assertThrows(ArithmeticException.class, () -> step.run(Batch.empty()));
      step.checkpoint().forEach((name, value) -> assertTrue(value.sameAs(before.get(name)), name));
      step.compute(Batch.empty());
      assertThrows(ArithmeticException.class, step::update);
      step.checkpoint().forEach((name, value) -> assertTrue(value.sameAs(before.get(name)), name));
      assertEquals(0, step.updates());
    } finally {
      System.clearProperty("rnn.checks");
    }
  }
}
