package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.Averaged;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Adjustable;
import dev.rnn4j.schedule.Plateau;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.History.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits, looks at validation data, metrics, accumulation, truncation and listeners. */
class TrainingTest {
  private static final List<Batch> BATCHES =
      IntStream.range(0, 6).mapToObj(i -> Fixtures.batch(new Philox(i), 4, 3, 2)).toList();

  private static TrainingStep step() {
    return step(Schedule.constant());
  }

  private static TrainingStep step(Schedule schedule) {
    return TrainingStep.of(Fixtures.Forecast.of(2, 5, 1, 1), Losses.meanSquaredError())
        .optimizer(Adam.rate(0.01))
        .schedule(schedule)
        .compile(Precision.FLOAT64);
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, value) -> assertTrue(value.sameAs(actual.get(name)), name));
  }

  // ---------------------------------------------------------------- limits

  @Test
  void updatesEndTrainingInTheMiddleOfAnEpoch() {
    History history = Trainer.of(step()).updates(8).run(() -> BATCHES);
    assertEquals(Ending.FINISHED, history.ending());
    assertEquals(8, history.updates().size());
    assertEquals(List.of(6L, 2L), history.epochs().stream().map(EpochResult::updates).toList());
  }

  @Test
  void theFirstLimitEnds() {
    assertEquals(6, Trainer.of(step()).updates(8).epochs(1).run(() -> BATCHES).updates().size());
    assertEquals(2, Trainer.of(step()).updates(2).epochs(1).run(() -> BATCHES).updates().size());
    History timed = Trainer.of(step()).time(Duration.ofMillis(30)).run(() -> BATCHES);
    assertEquals(Ending.FINISHED, timed.ending());
    assertTrue(timed.updates().size() > 0);
    assertEquals(0, Trainer.of(step()).time(Duration.ZERO).run(() -> BATCHES).updates().size());
  }

  @Test
  void theTimeMayEndWhereAnEpochHasBegun() {
    Trainer trainer = Trainer.of(step()).time(Duration.ofMillis(200));
    History history =
        trainer.run(
            () -> {
              Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(250));
              return BATCHES;
            });
    assertEquals(1, history.epochs().size());
    assertEquals(1, history.updates().size());
  }

  @Test
  void batchesWithoutEndNeedALimit() {
    int[] made = {0};
    History history = Trainer.of(step()).updates(20).generate(() -> BATCHES.get(made[0]++ % 6));
    assertEquals(20, history.updates().size());
    assertEquals(20, made[0]);
    assertEquals(1, history.epochs().size());
    assertEquals(
        "batches without end need an end of training: updates(...) or time(...)",
        assertThrows(
                IllegalStateException.class,
                () -> Trainer.of(step()).epochs(2).generate(() -> BATCHES.get(0)))
            .getMessage());
  }

  // ---------------------------------------------------------------- validation

  @Test
  void looksEveryFewUpdatesAndAtTheEnd() {
    History history =
        Trainer.of(step())
            .epochs(2)
            .validation(() -> BATCHES)
            .validateEveryUpdates(5)
            .run(() -> BATCHES);
    assertEquals(
        List.of(5L, 10L, 12L),
        history.validations().stream().map(ValidationResult::updates).toList());
    assertEquals(history.validations().get(2).loss(), history.epochs().get(1).validationLoss());
  }

  @Test
  void looksEveryFewEpochs() {
    History history =
        Trainer.of(step())
            .epochs(5)
            .validation(() -> BATCHES)
            .validateEveryEpochs(2)
            .run(() -> BATCHES);
    assertEquals(
        List.of(2, 4, 5), history.validations().stream().map(ValidationResult::epoch).toList());
    assertTrue(Double.isNaN(history.epochs().get(0).validationLoss()));
  }

  @Test
  void patienceEndsTrainingBetweenUpdatesAndTheBestIsKept() {
    // The validation data ask for what training leads away from: the first look is the best one.
    List<Batch> other = List.of(Batch.of(BATCHES.get(0).x(), Tensor.full(Shape.of(3, 1), 100)));
    List<Batch> down = List.of(Batch.of(BATCHES.get(0).x(), Tensor.full(Shape.of(3, 1), -100)));
    TrainingStep step = step();
    List<Map<String, Tensor>> looked = new ArrayList<>();
    History history =
        Trainer.of(step)
            .updates(100)
            .validation(() -> other, 3)
            .validateEveryUpdates(2)
            .listener(
                new TrainingListener() {
                  @Override
                  public void onValidation(ValidationResult validation) {
                    looked.add(step.weights().values(step.model()));
                  }
                })
            .run(() -> down);
    assertEquals(Ending.STOPPED_EARLY, history.ending());
    assertEquals(8, history.updates().size());
    assertSame(looked.get(0), step.weights().values(step.model()));
    assertEquals(2, history.bestValidation().orElseThrow().updates());
  }

  @Test
  void aMetricMayJudge() {
    TrainingStep step = step();
    History history =
        Trainer.of(step)
            .epochs(3)
            .validation(() -> BATCHES)
            .metric(Metrics::rootMeanSquaredError)
            .metric(Metrics::rSquared)
            .judgeByLargest("r-squared")
            .run(() -> BATCHES);
    for (ValidationResult look : history.validations()) {
      assertEquals(Math.sqrt(look.loss()), look.metrics().get("rmse"), 1e-12);
    }
    assertEquals(
        history.validations().stream()
            .mapToDouble(look -> look.metrics().get("r-squared"))
            .max()
            .orElseThrow(),
        history.bestValidation().orElseThrow().metrics().get("r-squared"));
  }

  @Test
  void refusesJudgesAndMetricsThatCannotBe() {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(step()).metric(Metrics::accuracy).run(() -> BATCHES))
            .getMessage()
            .contains("look at validation data"));
    assertEquals(
        "there is no metric 'f1' to judge by, only [accuracy]",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Trainer.of(step())
                        .validation(() -> BATCHES)
                        .metric(Metrics::accuracy)
                        .judgeByLargest("f1")
                        .run(() -> BATCHES))
            .getMessage());
  }

  /** Padding and weights count in metrics as they do in the loss. */
  @Test
  void metricsCountWhatTheLossCounts() {
    Tensor x = Fixtures.normal(new Philox(1), 5, 2, 2);
    double[] targets = Fixtures.normal(new Philox(2), 5, 2, 1).toDoubles();
    targets[9] = Double.NaN;
    Batch padded =
        Batch.of(x, Tensor.of(Shape.of(5, 2, 1), targets))
            .lengths(5, 3)
            .weights(Tensor.of(new double[] {2, 1}));
    record Tagger(Recurrent<ElmanCell.State> rnn, Dense output) implements Layer {
      @Override
      public Signal apply(Signal s) {
        return output.apply(rnn.apply(s));
      }
    }
    Tagger model =
        new Tagger(
            new Recurrent<>(ElmanCell.of(2, 3, new Philox(3))), Dense.of(3, 1, new Philox(4)));
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT64);
    History history =
        Trainer.of(step)
            .validation(() -> List.of(padded))
            .metric(Metrics::rootMeanSquaredError)
            .run(() -> List.of(padded));
    ValidationResult look = history.validations().get(0);
    assertEquals(Math.sqrt(look.loss()), look.metrics().get("rmse"), 1e-12);
  }

  @Test
  void scheduleObservesLooksOrEpochs() {
    Plateau looks = Schedule.onPlateau(0.5, 1).leastGainOf(1e9);
    Trainer.of(step(looks))
        .updates(6)
        .validation(() -> BATCHES)
        .validateEveryUpdates(1)
        .run(() -> BATCHES);
    assertEquals(0.25, looks.factor(0)); // the first look is a gain on infinity; then 2 times 2
    Plateau epochs = Schedule.onPlateau(0.5, 1).leastGainOf(1e9);
    History history = Trainer.of(step(epochs)).epochs(5).run(() -> BATCHES);
    assertEquals(0.25, epochs.factor(0));
    assertEquals(0.01, history.updates().get(0).rate());
    assertEquals(0.005, history.updates().get(20).rate());
  }

  @Test
  void averagesAreJudgedAndRestored() {
    TrainingStep step =
        TrainingStep.of(Fixtures.Forecast.of(2, 5, 1, 1), Losses.meanSquaredError())
            .optimizer(Averaged.exponential(Adam.rate(0.05), 0.5))
            .compile(Precision.FLOAT64);
    List<Map<String, Tensor>> averages = new ArrayList<>();
    History history =
        Trainer.of(step)
            .epochs(3)
            .validation(() -> BATCHES)
            .judgeAverages()
            .listener(
                new TrainingListener() {
                  @Override
                  public void onValidation(ValidationResult validation) {
                    averages.add(Averages.of(step));
                  }
                })
            .run(() -> BATCHES);
    int best = history.best().orElseThrow().epoch();
    assertSame(averages.get(best - 1), step.weights().values(step.model()));
    assertEquals(history.bestValidation().orElseThrow().loss(), step.evaluate(BATCHES), 1e-15);
  }

  // ---------------------------------------------------------------- listeners

  @Test
  void aListenerHasEverythingInHand() {
    Adjustable rate = Schedule.constant().adjustable();
    TrainingStep step = step(rate);
    List<Double> parts = new ArrayList<>();
    History history =
        Trainer.of(step)
            .updates(100)
            .listener(
                new TrainingListener() {
                  private Training training;

                  @Override
                  public void onStart(Training newTraining) {
                    training = newTraining;
                    assertEquals(100, training.updateLimit());
                    assertEquals(0, training.epochLimit());
                  }

                  @Override
                  public void onUpdate(UpdateResult update) {
                    parts.add(training.part().orElseThrow());
                    assertEquals(training.updates(), training.history().updates().size());
                    if (training.updates() == 3) {
                      rate.multiply(0.1);
                    }
                    if (training.updates() == 5) {
                      assertEquals(5, training.step().checkpoint().get("training/updates").item());
                      training.stop();
                    }
                  }
                })
            .run(() -> BATCHES);
    assertEquals(Ending.STOPPED, history.ending());
    assertEquals(
        List.of(0.01, 0.01, 0.01, 0.001, 0.001),
        history.updates().stream().map(UpdateResult::rate).toList());
    assertEquals(List.of(0.01, 0.02, 0.03, 0.04, 0.05), parts);
    TrainingStep next = step(Schedule.constant().adjustable());
    next.restore(step.checkpoint());
    assertEquals(0.001, next.rate());
  }

  @Test
  void anInterruptEndsTrainingAndIsOver() throws InterruptedException {
    TrainingStep step = step();
    History[] history = new History[1];
    boolean[] interrupted = {true};
    Thread thread =
        new Thread(
            () -> {
              history[0] = Trainer.of(step).time(Duration.ofMinutes(5)).run(() -> BATCHES);
              interrupted[0] = Thread.currentThread().isInterrupted();
            });
    thread.start();
    while (step.updates() < 3) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join(60_000);
    assertEquals(Ending.STOPPED, history[0].ending());
    assertFalse(interrupted[0]);
  }

  // ---------------------------------------------------------------- accumulation

  @Test
  void anUpdateMayBeOfSeveralBatches() {
    TrainingStep one = step();
    History history = Trainer.of(one).accumulate(4).run(() -> BATCHES);
    assertEquals(2, history.updates().size());
    TrainingStep two = step();
    two.compute(BATCHES.subList(0, 4).toArray(Batch[]::new));
    two.update();
    two.compute(BATCHES.get(4), BATCHES.get(5));
    two.update();
    assertSame(two.checkpoint(), one.checkpoint());
  }

  // ---------------------------------------------------------------- truncation

  /** The mean over all time steps of an LSTM and a readout. */
  private record Every(Recurrent<LstmCell.State> rnn, Dense output) implements Layer {
    static Every of() {
      return new Every(
          new Recurrent<>(LstmCell.of(2, 4, new Philox(7))), Dense.of(4, 1, new Philox(8)));
    }

    @Override
    public Signal apply(Signal x) {
      return output.apply(rnn.apply(x));
    }
  }

  private static TrainingStep carrying(double rate) {
    return TrainingStep.of(Every.of(), Losses.meanSquaredError())
        .optimizer(Sgd.rate(rate).momentum(0.9))
        .carryStates()
        .compile(Precision.FLOAT64);
  }

  private static Batch series(int steps, int sequences) {
    return Batch.of(
        Fixtures.normal(new Philox(1), steps, sequences, 2),
        Fixtures.normal(new Philox(2), steps, sequences, 1));
  }

  @Test
  void oneWindowIsFullBackpropagation() {
    for (Precision precision : Precision.values()) {
      TrainingStep full =
          TrainingStep.of(Every.of(), Losses.meanSquaredError())
              .optimizer(Adam.rate(0.1))
              .compile(precision);
      TrainingStep truncated =
          TrainingStep.of(Every.of(), Losses.meanSquaredError())
              .optimizer(Adam.rate(0.1))
              .carryStates()
              .compile(precision);
      List<Batch> data = List.of(series(9, 3), series(9, 3), series(5, 3));
      Trainer.of(full).run(() -> data);
      Trainer.of(truncated).truncated(9, 9).run(() -> data);
      assertSame(
          full.weights().values(full.model()), truncated.weights().values(truncated.model()));
    }
  }

  @Test
  void eachWindowGoesOnFromTheOneBefore() {
    TrainingStep truncated = carrying(0.1);
    History history = Trainer.of(truncated).truncated(3).run(() -> List.of(series(8, 2)));
    assertEquals(3, history.updates().size());
    TrainingStep byHand = carrying(0.1);
    for (int[] window : new int[][] {{0, 3}, {3, 6}, {6, 8}}) {
      byHand.run(series(8, 2).steps(window[0], window[1]));
    }
    // The last window is of two steps, and looks back over three, whose states come from before.
    assertEquals(
        byHand.weights().values(byHand.model()).keySet(),
        truncated.weights().values(truncated.model()).keySet());
    TrainingStep exact = carrying(0.1);
    Trainer.of(exact).truncated(4).run(() -> List.of(series(8, 2)));
    TrainingStep halves = carrying(0.1);
    halves.run(series(8, 2).steps(0, 4));
    halves.run(series(8, 2).steps(4, 8));
    assertSame(halves.weights().values(halves.model()), exact.weights().values(exact.model()));
  }

  /** The windows of a stream that is longer than a batch, cut once more or not at all. */
  @Test
  void marksOfSequencesSayWhichGoOn() {
    Batch all = series(20, 2);
    Tensor goOn = Tensor.of(0, 0);
    List<Batch> byHand = new ArrayList<>();
    for (int t = 0; t < 20; t += 4) {
      byHand.add(
          all.steps(t, t + 4).begins(t == 0 ? Tensor.of(1, 1) : t == 8 ? Tensor.of(0, 1) : goOn));
    }
    List<Batch> parts =
        List.of(
            all.steps(0, 8).begins(Tensor.of(1, 1)),
            all.steps(8, 16).begins(Tensor.of(0, 1)),
            all.steps(16, 20).begins(goOn));
    TrainingStep expected = carrying(0.1);
    Trainer.of(expected).epochs(2).run(() -> byHand);
    TrainingStep found = carrying(0.1);
    Trainer.of(found).epochs(2).truncated(4).run(() -> parts);
    assertSame(expected.weights().values(expected.model()), found.weights().values(found.model()));
    assertEquals(expected.states().keySet(), found.states().keySet());
  }

  /** At rate 0 a loss depends on the states that its window begins with, and on nothing else. */
  @ParameterizedTest
  @CsvSource({"2, 2", "2, 4", "2, 5", "3, 100"})
  void statesOfTheBatchBeforeGoOn(int every, int back) {
    Batch all = series(12, 2);
    Tensor none = Tensor.zeros(Shape.of(6, 2)); // marks of steps say the same
    List<Batch> parts =
        List.of(all.steps(0, 6).begins(Tensor.of(1, 1)), all.steps(6, 12).begins(none));
    List<UpdateResult> whole =
        Trainer.of(carrying(0)).truncated(every, back).run(() -> List.of(all)).updates();
    List<UpdateResult> cut =
        Trainer.of(carrying(0)).truncated(every, back).run(() -> parts).updates();
    assertEquals(whole.size(), cut.size());
    for (int i = 0; i < cut.size(); i++) {
      assertEquals(whole.get(i).loss(), cut.get(i).loss(), 1e-14);
    }
  }

  @Test
  void truncatedWindowsKeepAnInputWithoutTime() {
    Every model = Every.of();
    TrainingStep step =
        TrainingStep.of(
                model,
                feed ->
                    Outcome.loss(
                        "loss",
                        Losses.meanSquaredError()
                            .of(
                                Signal.of(
                                    model
                                        .apply(feed.signal("x"))
                                        .values()
                                        .plus(feed.node("own").mean().times(0))),
                                feed.target("y"))))
            .optimizer(Sgd.rate(0))
            .carryStates()
            .compile(Precision.FLOAT64);
    Batch batch = series(8, 2).input("own", Tensor.zeros(Shape.of(2, 5)));
    List<UpdateResult> with = Trainer.of(step).truncated(2, 4).run(() -> List.of(batch)).updates();
    List<UpdateResult> without =
        Trainer.of(carrying(0)).truncated(2, 4).run(() -> List.of(series(8, 2))).updates();
    for (int i = 0; i < 4; i++) {
      assertEquals(without.get(i).loss(), with.get(i).loss(), 1e-14);
    }
  }

  /**
   * At rate 0 the weights stay, and each window's gradient is that of a graph which runs from the
   * beginning, but lets gradients through the last steps only.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "2, 4", "3, 4", "2, 7", "4, 100", "5, 5", "10, 10"})
  void gradientsGoBackAsFarAsIsSaid(int every, int back) {
    int steps = 10;
    Batch data = series(steps, 2);
    TrainingStep truncated = carrying(0);
    List<Map<String, Tensor>> gradients = new ArrayList<>();
    Trainer.of(truncated)
        .truncated(every, back)
        .listener(
            new TrainingListener() {
              @Override
              public void onUpdate(UpdateResult update) {
                gradients.add(truncated.gradients());
              }
            })
        .run(() -> List.of(data));
    int windows = 0;
    for (int begin = 0; begin < steps; begin += every, windows++) {
      int end = Math.min(steps, begin + every);
      int from = Math.max(0, end - back);
      Map<String, Tensor> expected = reference(data, from, begin, end);
      Map<String, Tensor> actual = gradients.get(windows);
      expected.forEach(
          (path, gradient) -> {
            for (int i = 0; i < gradient.shape().elements(); i++) {
              assertEquals(gradient.at(i), actual.get(path).at(i), 1e-14, path);
            }
          });
    }
    assertEquals(windows, gradients.size());
  }

  private static Map<String, Tensor> reference(Batch data, int from, int begin, int end) {
    Every model = Every.of();
    TrainingStep step =
        TrainingStep.of(
                model,
                feed -> {
                  Signal x = feed.signal("x");
                  var rnn = model.rnn();
                  Node before = null;
                  LstmCell.State state = rnn.cell().initialState(2);
                  if (from > 0) {
                    state = rnn.unroll(x.with(x.values().slice(0, 0, from))).state();
                    state = new LstmCell.State(state.h().stopGradient(), state.c().stopGradient());
                  }
                  Node outputs =
                      rnn.unroll(x.with(x.values().slice(0, from, end)), state).outputs().values();
                  Node last = outputs.slice(0, begin - from, end - from);
                  Node target = feed.node("y").slice(0, begin, end);
                  Loss loss = Losses.meanSquaredError();
                  return Outcome.loss(
                      "loss",
                      loss.of(
                          model.output().apply(Signal.of(last)), dev.rnn4j.loss.Target.of(target)));
                })
            .optimizer(Sgd.rate(0))
            .compile(Precision.FLOAT64);
    step.compute(data);
    return step.gradients();
  }

  @Test
  void truncationRefusesWhatDoesNotFit() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(carrying(1)).truncated(4, 3))
            .getMessage()
            .startsWith("gradients that go back over 3 steps leave out losses"));
    assertTrue(
        assertThrows(
                IllegalStateException.class,
                () -> Trainer.of(step()).truncated(2).run(() -> BATCHES))
            .getMessage()
            .endsWith("build the step with carryStates()"));
    assertEquals(
        "an update is made of several batches or of a part of one, and not of both: leave out"
            + " accumulate(2) or truncated(...)",
        assertThrows(
                IllegalStateException.class,
                () -> Trainer.of(carrying(1)).truncated(2).accumulate(2).run(() -> BATCHES))
            .getMessage());
    Batch lastOnly = Batch.of(series(6, 2).x(), Fixtures.normal(new Philox(1), 2, 1));
    assertEquals(
        "truncated training needs a target for each step, [T=6, N=2, ...], and y is [2, 1]",
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(carrying(1)).truncated(2).run(() -> List.of(lastOnly)))
            .getMessage());
  }

  // ---------------------------------------------------------------- what goes wrong

  private record Logarithm(Dense dense) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return dense.apply(x).map(Node::log);
    }
  }

  @Test
  void aNaNIsNamedWithItsNodeLineAndSequence() {
    Logarithm model = new Logarithm(Dense.of(1, 1, new Philox(1)));
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    step.weights()
        .setAll(
            model,
            Map.of(
                "dense.weight", Tensor.of(new double[][] {{1}}),
                "dense.bias", Tensor.of(new double[] {0})));
    Tensor target = Tensor.of(Shape.of(1, 2, 1), new double[] {0, 1});
    Batch good = Batch.of(Tensor.of(Shape.of(1, 2, 1), new double[] {1, 2}), target);
    Batch bad = Batch.of(Tensor.of(Shape.of(1, 2, 1), new double[] {1, -2}), target);
    String message =
        assertThrows(
                ArithmeticException.class, () -> Trainer.of(step).run(() -> List.of(good, bad)))
            .getMessage();
    assertTrue(
        message.startsWith("the loss is NaN at update 1, in epoch 1: the first NaN comes"),
        message);
    assertTrue(
        message.contains("out of log, [1, 2, 1], at time step 0, sequence 1, built"), message);
  }
}
