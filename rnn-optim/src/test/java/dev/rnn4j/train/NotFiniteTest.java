package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.LastStep;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Scale;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a trainer says of a loss or a gradient that is not finite, and what it goes back to: models
 * are w·x, and batches two time steps of two sequences.
 */
class NotFiniteTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Such a rate makes parameters so large in one update that the next loss is infinite. */
  private static final double FAR = 1e300;

  private static final String DIVERGED = "the loss is Infinity at update 1, in epoch 2: ";
  private static final String BACK = "; the step is back in its last good state, of 0 updates";
  private static final String BAD_X =
      "x has NaN at time step 1, sequence 1: look for it in the data";

  private static Tensor values(double... values) {
    return Tensor.of(Shape.of(2, 2, 1), values);
  }

  private static Tensor counts(double... counts) {
    return Tensor.of(Shape.of(2, 2), counts);
  }

  private static final Tensor ALL_BUT_LAST = counts(1, 1, 1, 0);

  private static Batch batch(double lastX, double lastY) {
    return Batch.of(values(1, 2, 3, lastX), values(2, 1, 4, lastY));
  }

  /** Of w·x. */
  private record Function(Parameter w, UnaryOperator<Node> of) implements Layer {
    static Function of(UnaryOperator<Node> of) {
      return new Function(Parameter.of(Tensor.scalar(1.5)), of);
    }

    @Override
    public Signal apply(Signal x) {
      return x.map(values -> of.apply(values.times(w)));
    }
  }

  private static TrainingStepBuilder builder(Layer model, double rate) {
    return TrainingStep.of(model, Losses.meanSquaredError()).optimizer(Sgd.rate(rate));
  }

  private static TrainingStep step(Layer model, double rate, Precision precision) {
    return builder(model, rate).compile(precision);
  }

  private static String failure(TrainingStep step, Batch... batches) {
    return failure(Trainer.of(step), batches);
  }

  private static String failure(Trainer trainer, Batch... batches) {
    trainer.epochs(3);
    return assertThrows(ArithmeticException.class, () -> trainer.run(() -> List.of(batches)))
        .getMessage();
  }

  private static void assertHas(String part, String message) {
    assertTrue(message.contains(part), message);
  }

  /** A training diverges, and its data have NaN and infinite values that nobody reads. */
  private static void assertDiverges(Precision precision, Batch batch) {
    TrainingStep step = step(Scale.of(1.5), FAR, precision);
    String message = failure(step, batch);
    String found =
        precision == Precision.FLOAT32
            ? "the parameter w is not finite before the update; try a smaller learning rate"
            : "the first infinite value is square, [2, 2, 1], at time step 0, sequence 0, built at";
    assertTrue(message.startsWith(DIVERGED + found), message);
    assertTrue(message.endsWith(BACK), message);
    assertEquals(0, step.updates());
    assertEquals(1.5, w(step));
  }

  // ---------------------------------------------------------------- data that are not read

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatIsMaskedIsNotBlamed(Precision precision) {
    for (double bad : new double[] {NAN, INFINITY, 1e300}) {
      Batch batch = batch(bad, -bad);
      assertDiverges(precision, batch.mask(ALL_BUT_LAST));
      assertDiverges(precision, batch.mask("x", ALL_BUT_LAST));
      assertDiverges(precision, batch.lengths(2, 1));
      assertDiverges(precision, batch.lengths("x", 2, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void targetsOfWeightZeroAreNotBlamed(Precision precision) {
    Batch batch = batch(4, NAN);
    assertDiverges(precision, batch.weights(ALL_BUT_LAST));
    assertDiverges(precision, batch.weights("y", ALL_BUT_LAST));
    assertDiverges(precision, batch.weights(Tensor.of(new double[] {1, 0})));
    assertDiverges(precision, batch(NAN, NAN).mask(ALL_BUT_LAST).weights(counts(1, 2, 1, 1)));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void inputsAndTargetsThatNobodyReadsAreNotBlamed(Precision precision) {
    assertDiverges(
        precision,
        batch(4, 4).input("u", values(NAN, INFINITY, 0, 0)).target("v", values(NAN, 0, 0, 0)));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void stepsThatNobodyReadsAreNotBlamed(Precision precision) {
    record First(Scale scale) implements Layer {
      @Override
      public Signal apply(Signal x) {
        return scale.apply(x.with(x.values().step(0)));
      }
    }
    TrainingStep step = step(new First(Scale.of(1.5)), FAR, precision);
    Batch batch = Batch.of(values(1, 2, NAN, NAN), Tensor.of(Shape.of(2, 1), new double[] {1, 1}));
    String message = failure(step, batch);
    assertFalse(message.contains("x has"), message);
    assertHas(BACK, message);
  }

  // ---------------------------------------------------------------- data that are read

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatIsReadIsBlamedAndTheStepStays(Precision precision) {
    TrainingStep step = step(Scale.of(1.5), 0.1, precision);
    assertEquals(
        "the loss is NaN at update 1, in epoch 1: " + BAD_X,
        failure(step, batch(4, 4), batch(NAN, 4)));
    assertEquals(1, step.updates());
    assertEquals(
        "the loss is Infinity at update 1, in epoch 1: y has -Infinity at time step 1, sequence 1:"
            + " look for it in the data",
        failure(step, batch(4, -INFINITY)));
    assertEquals(1, step.updates());
  }

  @Test
  void theFirstThatIsReadIsNamed() {
    Batch batch = Batch.of(values(NAN, 2, NAN, NAN), values(1, 1, 1, 1)).mask(counts(0, 1, 1, 1));
    assertEquals(
        "the loss is NaN at update 0, in epoch 1: x has NaN at time step 1, sequence 0: look for"
            + " it in the data",
        failure(step(Scale.of(1.5), 0.1, Precision.FLOAT64), batch));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void throughTimeTheFirstStepIsNamed(Precision precision) {
    Layer model =
        Stacked.of(
            new Recurrent<>(ElmanCell.of(1, 3, new Philox(1))).last(),
            Dense.of(3, 1, new Philox(2)));
    double[] x = new double[10];
    x[5] = NAN;
    x[8] = NAN;
    Batch batch =
        Batch.of(Tensor.of(Shape.of(5, 2, 1), x), Tensor.zeros(Shape.of(2, 1))).lengths(5, 3);
    assertEquals(
        "the loss is NaN at update 0, in epoch 1: x has NaN at time step 2, sequence 1: look for"
            + " it in the data",
        failure(step(model, 0.1, precision), batch));
  }

  /** Sizes alone do not tell what [2, 2] is, where T = N = 2. */
  @Test
  void anAxisIsCalledWhatItIsKnownToBe() {
    Layer model =
        Stacked.of(
            new Recurrent<>(ElmanCell.of(1, 3, new Philox(1))).last(),
            Dense.of(3, 2, new Philox(2)));
    Batch x = Batch.of(values(1, 2, 3, 4));
    Tensor y = Tensor.of(new double[][] {{1, 2}, {NAN, 4}});
    String start = "the loss is NaN at update 0, in epoch 1: y has NaN at ";
    String end = ": look for it in the data";
    TrainingStep step = step(model, 0.1, Precision.FLOAT64);
    assertEquals(start + "[1, 0]" + end, failure(step, x.target("y", y)));
    assertEquals(start + "sequence 1" + end, failure(step, x.target("y", y, Axes.BATCH)));
    Batch longer = Batch.of(Tensor.zeros(Shape.of(5, 2, 1)));
    assertEquals(start + "sequence 1" + end, failure(step, longer.target("y", y)));
  }

  @Test
  void aStepOfAWindowIsToldWithItsBeginning() {
    Layer model =
        Stacked.of(
            new Recurrent<>(ElmanCell.of(1, 3, new Philox(1))), Dense.of(3, 1, new Philox(2)));
    double[] x = new double[24];
    x[7 * 2 + 1] = NAN;
    Batch batch = Batch.of(Tensor.of(Shape.of(12, 2, 1), x), Tensor.full(Shape.of(12, 2, 1), 1));
    Trainer whole = Trainer.of(builder(model, 0.1).compile(Precision.FLOAT64));
    assertHas(": x has NaN at time step 7, sequence 1:", failure(whole, batch));
    Trainer cut = Trainer.of(builder(model, 0.1).carryStates().compile(Precision.FLOAT64));
    assertHas(
        "at update 1, in epoch 1: x has NaN at time step 3 of a window that begins at step 4,"
            + " sequence 1:",
        failure(cut.truncated(4), batch));
  }

  /** The gradient of two numbers is not one of two sequences. */
  @Test
  void aPlaceInAGradientOfAParameterIsAnIndex() {
    record Roots(Parameter w) implements Layer {
      @Override
      public Signal apply(Signal x) {
        return x.map(values -> values.times(w.sqrt()));
      }
    }
    Layer model = new Roots(Parameter.of(Tensor.of(new double[] {1, 0})));
    Tensor two = Tensor.full(Shape.of(3, 2, 2), 1);
    assertHas(
        "the first infinite value is divide, [2], in the gradient of sqrt, at [1], built at",
        failure(step(model, 0.1, Precision.FLOAT64), Batch.of(two, two)));
  }

  /** The prediction counts for nothing, and is left out of the loss; but 0 · NaN is NaN. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void anInputOfWeightZeroMakesTheGradientNaN(Precision precision) {
    TrainingStep step = step(Scale.of(1.5), 0.1, precision);
    assertEquals(
        "the norm of the gradient is NaN at update 0, in epoch 1: " + BAD_X,
        failure(step, batch(NAN, 4).weights(ALL_BUT_LAST)));
  }

  /** Nothing of the loss is infinite, but 0 · ∞ in the gradient is NaN. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void anInfiniteInputThatIsSquashedMakesTheGradientNaN(Precision precision) {
    assertEquals(
        "the norm of the gradient is NaN at update 0, in epoch 1: x has Infinity at time step 1,"
            + " sequence 1: look for it in the data",
        failure(step(Function.of(Node::tanh), 0.1, precision), batch(INFINITY, 1)));
  }

  @Test
  void whatIsTooLargeForThePrecisionIsNamed() {
    TrainingStep step = step(Scale.of(1.5), 0.1, Precision.FLOAT32);
    assertEquals(
        "the loss is Infinity at update 0, in epoch 1: x has 1.0E300, which is infinite in float32,"
            + " at time step 1, sequence 1: look for it in the data",
        failure(step, batch(1e300, 1)));
    assertEquals(
        "the loss is NaN at update 0, in epoch 1: y.weights has 1.0E300, which is infinite in"
            + " float32, at time step 0, sequence 1: look for it in the data",
        failure(
            step(Scale.of(1), 0.1, Precision.FLOAT32),
            Batch.of(values(1, 2, 3, 4), values(1, 2, 3, 4)).weights("y", counts(1, 1e300, 1, 1))));
  }

  /** −∞ in the place of what is ruled out is no fault: its share of a softmax is 0. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void infiniteInputsThatBecomeFiniteAreNotBlamed(Precision precision) {
    Parameter w = Parameter.of(Tensor.scalar(1.5));
    TrainingStep step =
        TrainingStep.of(
                new Scale(w),
                feed -> {
                  Node ruledOut = feed.signal("ruled out").values();
                  Node shares = ruledOut.softmax().slice(2, 0, 1);
                  Node y = feed.signal("x").values().times(w).times(shares);
                  return Outcome.loss("loss", LossSum.of(y.square().sum(), Node.constant(1)));
                })
            .optimizer(Sgd.rate(FAR))
            .compile(precision);
    double[] ruledOut = {0, -INFINITY, 0, 0, 0, 0, -INFINITY, 0};
    String message =
        failure(
            step,
            Batch.of(values(1, 2, 3, 4))
                .input("ruled out", Tensor.of(Shape.of(2, 2, 2), ruledOut)));
    assertFalse(message.contains("ruled out"), message);
    assertHas(
        precision == Precision.FLOAT32
            ? "the parameter w is not finite"
            : "the first infinite value is square",
        message);
    assertHas(BACK, message);
  }

  /** NaN − ∞ is NaN, and without the NaN it would be −∞, which is no fault. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void infiniteInputsBesideNaNAreNotBlamed(Precision precision) {
    Parameter w = Parameter.of(Tensor.scalar(1.5));
    TrainingStep step =
        TrainingStep.of(
                new Scale(w),
                feed -> {
                  Node scores = feed.signal("x").values().times(w);
                  Node all = scores.plus(feed.signal("ruled out").values());
                  return Outcome.loss("loss", LossSum.of(all.exp().sum(), Node.constant(1)));
                })
            .optimizer(Sgd.rate(0.1))
            .compile(precision);
    double[] ruledOut = {0, -INFINITY, 0, -INFINITY};
    assertEquals(
        "the loss is NaN at update 0, in epoch 1: " + BAD_X,
        failure(
            step,
            Batch.empty().input("ruled out", values(ruledOut)).input("x", values(1, 2, 3, NAN))));
  }

  // ---------------------------------------------------------------- data and more

  @Test
  void badDataAndABadParameterAreBothNamed() {
    TrainingStep step = step(Scale.of(1.5), FAR, Precision.FLOAT32);
    assertEquals(
        "the loss is NaN at update 1, in epoch 1: "
            + BAD_X
            + "; and the parameter w is not finite before the update"
            + BACK,
        failure(step, batch(4, 4), batch(NAN, 4)));
    assertEquals(1.5, w(step));
  }

  @Test
  void theBatchesOfAnUpdateAreJudgedEach() {
    Batch masked = batch(NAN, NAN).mask(ALL_BUT_LAST);
    Batch bad = Batch.of(values(1, NAN, 3, 4), values(1, 1, 1, 1));
    assertEquals(
        "the loss is NaN at update 0, in epoch 1: x has NaN at time step 0, sequence 1, in batch 2"
            + " of the 2 of this update: look for it in the data",
        failure(
            Trainer.of(step(Scale.of(1.5), 0.1, Precision.FLOAT64)).accumulate(2), masked, bad));
    // One is made infinite by its parameter, the other NaN by its data.
    TrainingStep step = step(Scale.of(1e200), 0.1, Precision.FLOAT64);
    Batch small = Batch.of(values(0, 0, 0, 0), values(0, 0, 0, 0));
    String message = failure(Trainer.of(step).accumulate(2), small, small, masked, bad);
    assertEquals(
        "the loss is NaN at update 1, in epoch 1: x has NaN at time step 0, sequence 1, in batch 2"
            + " of the 2 of this update: look for it in the data"
            + BACK,
        message);
  }

  // ---------------------------------------------------------------- what is computed

  /** In float32 only is there a number too large, or a logarithm of 0. */
  @Test
  void whatOverflowsInThePrecisionIsNamed() {
    Batch batch = batch(NAN, NAN).mask(ALL_BUT_LAST);
    String overflow =
        failure(step(Function.of(x -> x.times(100).exp()), 0.1, Precision.FLOAT32), batch);
    assertHas(": the first infinite value is exp, [2, 2, 1], at time step 0, sequence 0", overflow);
    String underflow =
        failure(step(Function.of(x -> x.times(-100).exp().log()), 0.1, Precision.FLOAT32), batch);
    assertHas(": the first infinite value is log, [2, 2, 1], at time step 0", underflow);
    Trainer.of(step(Function.of(x -> x.times(-100).exp().log()), 1e-9, Precision.FLOAT64))
        .run(() -> List.of(batch));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aNaNOfInfiniteValuesIsNamedWithThem(Precision precision) {
    UnaryOperator<Node> twice = x -> x.times(1e3).exp().dividedBy(x.times(1e3).exp());
    String message =
        failure(step(Function.of(twice), 0.1, precision), batch(NAN, NAN).mask(ALL_BUT_LAST));
    assertHas(
        "the loss is NaN at update 0, in epoch 1: the first infinite value is exp, [2, 2, 1], at"
            + " time step 0, sequence 0, built at",
        message);
    assertHas("; the first NaN comes out of divide, [2, 2, 1], at time step 0", message);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatAMaskLeavesOutIsNotNamed(Precision precision) {
    UnaryOperator<Node> roots = x -> x.greaterThan(4).select(Node.constant(1), x.sqrt());
    Batch batch = Batch.of(values(4, 9, -1, 1), values(1, 1, 1, 1));
    String message =
        failure(
            step(
                Function.of(x -> x.greaterThan(0).select(roots.apply(x), x.log())), 0.1, precision),
            batch);
    assertHas(": the first NaN comes out of log, [2, 2, 1], at time step 1, sequence 0", message);
  }

  /** Only the last output is used: of the steps before, no gradient comes back. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void stepsThatNoGradientGoesBackToAreNotBlamed(Precision precision) {
    record Rooted(Parameter w) implements Cell<Node> {
      @Override
      public Node initialState(int batchSize) {
        return Node.zeros(batchSize, 1);
      }

      @Override
      public Step<Node> step(Node x, Node h) {
        return new Step<>(h.plus(x.times(w).sqrt()), h.plus(w));
      }
    }
    record Last(LastStep<Node> rnn) implements Layer {
      @Override
      public Signal apply(Signal x) {
        return rnn.apply(x);
      }
    }
    Layer model = new Last(new Recurrent<>(new Rooted(Parameter.of(Tensor.scalar(1.5)))).last());
    Batch batch = Batch.of(values(NAN, 1, 0, 1), Tensor.of(Shape.of(2, 1), new double[] {1, 1}));
    String message = failure(step(model, 0.1, precision), batch);
    assertHas(
        "the norm of the gradient is NaN at update 0, in epoch 1: the first infinite value is"
            + " divide, [2, 1], in the gradient of rnn.cell/sqrt, at time step 1, sequence 0",
        message);
  }

  /** In inference nothing is dropped, and in another update something else. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatIsDrawnInTrainingIsDrawnAgain(Precision precision) {
    record Dropping(Scale scale) implements Layer {
      @Override
      public Signal apply(Signal x) {
        return scale
            .apply(x)
            .map(y -> y.times(x.pass().chance(0.5, 2, 1).complement()))
            .map(y -> y.log());
      }
    }
    int failures = 0;
    for (int seed = 0; seed < 8; seed++) {
      TrainingStep step = builder(new Dropping(Scale.of(1.5)), 1e-9).seed(seed).compile(precision);
      if (!Double.isFinite(step.compute(batch(4, 4)))) {
        String first = Double.isInfinite(step.prediction().at(0)) ? "0" : "1";
        assertHas(
            ": the first infinite value is log, [2, 2, 1], at time step 0, sequence " + first,
            failure(step, batch(4, 4)));
        failures++;
      }
    }
    assertTrue(failures > 2, "" + failures);
  }

  @Test
  void aLossOfWeightZeroIsLeftOut() {
    Parameter w = Parameter.of(Tensor.scalar(1.5));
    TrainingStep step =
        TrainingStep.of(
                new Scale(w),
                feed -> {
                  Node y = feed.signal("x").values().times(w);
                  Node none = feed.signal("none").values().sum();
                  return Outcome.loss("none", LossSum.of(none, Node.constant(0)))
                      .and("loss", LossSum.of(y.square().sum(), Node.constant(1)));
                })
            .optimizer(Sgd.rate(FAR))
            .compile(Precision.FLOAT64);
    Batch batch = Batch.of(values(1, 2, 3, 4)).input("none", values(NAN, 1, 1, 1));
    assertHas("the first infinite value is square", failure(step, batch));
  }

  // ---------------------------------------------------------------- parameters and states

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aParameterThatIsReadIsNamed(Precision precision) {
    TrainingStep step = step(Scale.of(NAN), 0.1, precision);
    assertHas(
        "the loss is NaN at update 0, in epoch 1: the parameter w is not finite before the update",
        failure(step, batch(NAN, NAN).mask(ALL_BUT_LAST)));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aParameterThatIsNotReadIsNotNamed(Precision precision) {
    record Table(Parameter w, Parameter table) implements Layer {
      @Override
      public Signal apply(Signal x) {
        return x.map(values -> values.times(w).times(table.slice(0, 0, 1)).log());
      }
    }
    Table model =
        new Table(
            Parameter.of(Tensor.scalar(1.5)),
            Parameter.of(Tensor.of(new double[] {1, Double.NEGATIVE_INFINITY})));
    TrainingStep step = builder(model, 0.1).freeze("table").compile(precision);
    assertHas(
        ": the first NaN comes out of log, [2, 2, 1], at time step 1, sequence 1",
        failure(step, batch(-1, 1)));
  }

  @Test
  void aStateThatIsNotFiniteMayBeTheReason() {
    Layer model =
        Stacked.of(
            new Recurrent<>(ElmanCell.of(1, 3, new Philox(1))), Dense.of(3, 1, new Philox(2)));
    TrainingStep step = builder(model, 0.1).carryStates().compile(Precision.FLOAT64);
    step.run(batch(4, 4));
    String name = step.states().keySet().iterator().next();
    step.setStates(Map.of(name, Tensor.full(Shape.of(2, 3), NAN)));
    assertHas(
        "the loss is NaN at update 1, in epoch 1: no value is NaN or infinite where the batch is"
            + " computed once more, node by node and from new states: a state that was carried"
            + " is not finite",
        failure(step, batch(NAN, NAN).mask(ALL_BUT_LAST)));
  }

  // ---------------------------------------------------------------- ops of a user's own

  /** Σ of x², where m is not 0. */
  private static final class Squares extends Op {
    private final Runnable watcher;

    Squares(Runnable watcher) {
      this.watcher = watcher;
    }

    @Override
    public String name() {
      return "squares";
    }

    @Override
    public Shape shape(List<Node> operands) {
      return Shape.scalar();
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      watcher.run();
      y[0] = 0;
      for (int i = 0; i < x[0].length; i++) {
        y[0] += x[1][i] != 0 ? x[0][i] * x[0][i] : 0;
      }
    }

    @Override
    public boolean differentiable(int operand) {
      return operand == 0;
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      Node zero = Node.constant(0);
      Node x = y.operand(0);
      return gradients(y.operand(1).select(x.times(2).times(dy), zero), null);
    }
  }

  private static TrainingStep squares(double rate, Precision precision, Runnable watcher) {
    Parameter w = Parameter.of(Tensor.scalar(1.5));
    return TrainingStep.of(
            new Scale(w),
            feed -> {
              Node difference = feed.signal("x").values().times(w).minus(feed.signal("y").values());
              Node squares =
                  Node.apply(new Squares(watcher), difference, feed.signal("m").values());
              return Outcome.loss("loss", LossSum.of(squares, Node.constant(1)));
            })
        .optimizer(Sgd.rate(rate))
        .compile(precision);
  }

  private static Batch squares(Tensor x, Tensor y, double... m) {
    return Batch.of(x).input("y", y).input("m", values(m));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatAnOpOfAUsersOwnLeavesOutIsNotBlamed(Precision precision) {
    String message =
        failure(
            squares(FAR, precision, () -> {}),
            squares(values(1, 2, 3, 4), values(INFINITY, 1, NAN, NAN), 0, 1, 0, 0));
    assertHas(
        precision == Precision.FLOAT32
            ? "the parameter w is not finite"
            : "the first infinite value is squares, []",
        message);
    assertHas(BACK, message);
    assertEquals(
        "the loss is NaN at update 0, in epoch 1: y has NaN at time step 1, sequence 0: look for"
            + " it in the data",
        failure(
            squares(FAR, precision, () -> {}),
            squares(values(1, 2, 3, 4), values(INFINITY, NAN, NAN, NAN), 1, 0, 1, 1)));
    assertEquals(
        "the loss is Infinity at update 0, in epoch 1: y has Infinity at time step 0, sequence 1:"
            + " look for it in the data",
        failure(
            squares(FAR, precision, () -> {}),
            squares(values(1, 2, 3, 4), values(NAN, INFINITY, 1, INFINITY), 0, 1, 1, 1)));
  }

  // ---------------------------------------------------------------- without room

  @Test
  void withoutRoomToLookWhatIsNotFiniteIsToldAndTheStepGoesBack() {
    AtomicInteger calls = new AtomicInteger();
    TrainingStep step =
        squares(
            FAR,
            Precision.FLOAT32,
            () -> {
              if (calls.incrementAndGet() > 2) { // plans have run twice
                throw new OutOfMemoryError("for the test");
              }
            });
    Batch batch =
        squares(values(1, 2, 3, 4), values(NAN, 1, 1, 1), 0, 1, 1, 1)
            .target("v", values(1, 1, 1, 1))
            .weights("v", counts(1, 1e300, 1, 1));
    String message = failure(step, batch);
    assertEquals(
        DIVERGED
            + "the heap is too small to look for the first NaN; y has NaN at time step 0, sequence"
            + " 0; v.weights has 1.0E300, which is infinite in float32, at time step 0, sequence 1;"
            + " the parameter w is not finite before the update; try a smaller learning rate or"
            + " Clip.byGlobalNorm(1), or -Drnn.checks=nan, which looks at every value of every run"
            + BACK,
        message);
    assertEquals(1.5, w(step));
  }

  private static double w(TrainingStep step) {
    return step.weights().values(step.model()).get("w").item();
  }
}
