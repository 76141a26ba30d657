package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Scale;
import dev.rnn4j.train.History.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** On the model w·x with half the sum of squares and target 0: the gradient for x = 1 is n·w. */
class TrainerTest {
  private static final Shape ONE = Shape.of(1, 1, 1);

  private static TrainingStep step(double w, double rate) {
    return TrainingStep.of(Scale.of(w), Losses.halfSumOfSquares())
        .optimizer(Sgd.rate(rate))
        .compile(Precision.FLOAT64);
  }

  private static double w(TrainingStep step) {
    return step.weights().values(step.model()).get("w").item();
  }

  private static Batch batch(int sequences, double x, double y) {
    Shape shape = Shape.of(1, sequences, 1);
    return Batch.of(Tensor.full(shape, x), Tensor.full(shape, y));
  }

  private static List<Batch> ones(int count) {
    return Stream.generate(() -> batch(1, 1, 0)).limit(count).toList();
  }

  /** Validation data whose loss is ½(w − y)². */
  private static List<Batch> target(double y) {
    return List.of(batch(1, 1, y));
  }

  @Test
  void theHistoryHoldsEveryUpdateAndEpoch() {
    TrainingStep step = step(1, 0.5);
    History history = Trainer.of(step).epochs(2).run(() -> List.of(batch(1, 1, 0), batch(3, 1, 0)));
    // Updates: w = 1 → 0.5 → −0.25 → −0.125 → 0.0625
    assertEquals(
        List.of(
            new UpdateResult(1, 0, 0.5, 1, 0.5),
            new UpdateResult(1, 1, 1.5 * 0.25, 1.5, 0.5),
            new UpdateResult(2, 2, 0.5 / 16, 0.25, 0.5),
            new UpdateResult(2, 3, 1.5 / 64, 0.375, 0.5)),
        history.updates());
    assertEquals(
        List.of(
            new EpochResult(1, 2, (0.5 + 0.375) / 2, 1.25, Double.NaN, true),
            new EpochResult(2, 2, (0.5 / 16 + 1.5 / 64) / 2, 0.3125, Double.NaN, true)),
        history.epochs());
    assertEquals(Ending.FINISHED, history.ending());
    assertEquals(2, history.best().orElseThrow().epoch());
    assertEquals(0.0625, w(step));
  }

  @Test
  void listenersAreCalledInOrder() {
    TrainingListener first = mock(TrainingListener.class);
    TrainingListener second = mock(TrainingListener.class);
    History history =
        Trainer.of(step(1, 0.5)).epochs(2).listener(first).listener(second).run(() -> ones(2));
    InOrder order = inOrder(first, second);
    order.verify(first).onStart(any());
    order.verify(second).onStart(any());
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int batch = 0; batch < 2; batch++) {
        UpdateResult update = history.updates().get(2 * epoch + batch);
        order.verify(first).onUpdate(update);
        order.verify(second).onUpdate(update);
      }
      order.verify(first).onEpoch(history.epochs().get(epoch));
      order.verify(second).onEpoch(history.epochs().get(epoch));
    }
    order.verify(first).onEnd(history);
    order.verify(second).onEnd(history);
    order.verifyNoMoreInteractions();
  }

  @Test
  void theDataAreAskedForAnewForEachEpoch() {
    List<Integer> epochs = new ArrayList<>();
    Trainer.of(step(1, 0.5))
        .epochs(3)
        .run(
            () -> {
              epochs.add(epochs.size());
              return ones(1);
            });
    assertEquals(List.of(0, 1, 2), epochs);
  }

  @Test
  void stopFromAListenerEndsAfterTheUpdateUnderWay() {
    TrainingStep step = step(1, 0.5);
    Trainer trainer = Trainer.of(step).epochs(3);
    TrainingListener later = mock(TrainingListener.class);
    trainer.listener(
        new TrainingListener() {
          @Override
          public void onUpdate(UpdateResult update) {
            if (update.update() == 3) {
              trainer.stop();
            }
          }
        });
    History history = trainer.listener(later).run(() -> ones(3));
    assertEquals(4, history.updates().size());
    assertEquals(1, history.epochs().size());
    assertEquals(Ending.STOPPED, history.ending());
    assertEquals(1.0 / 16, w(step), "the parameters of the last update stay");
    verify(later, times(4)).onUpdate(any());
    verify(later).onEnd(history);
  }

  @Test
  void stopAtTheEndOfAnEpochMakesNoFurtherUpdate() {
    Trainer trainer = Trainer.of(step(1, 0.5)).epochs(3);
    trainer.listener(
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult epoch) {
            trainer.stop();
          }
        });
    History history = trainer.run(() -> ones(2));
    assertEquals(2, history.updates().size());
    assertEquals(1, history.epochs().size());
    assertEquals(Ending.STOPPED, history.ending());
  }

  @Test
  void stopFromAnotherThread() throws InterruptedException {
    TrainingStep step = step(1, 1e-9);
    Trainer trainer = Trainer.of(step).epochs(Integer.MAX_VALUE);
    CountDownLatch running = new CountDownLatch(1);
    trainer.listener(
        new TrainingListener() {
          @Override
          public void onUpdate(UpdateResult update) {
            running.countDown();
          }
        });
    List<History> histories = new ArrayList<>();
    Thread training = new Thread(() -> histories.add(trainer.run(() -> ones(10))));
    training.start();
    running.await();
    trainer.stop();
    training.join();
    assertEquals(Ending.STOPPED, histories.get(0).ending());
    assertEquals(step.updates(), histories.get(0).updates().size());
  }

  @Test
  void aTrainerStoppedBeforehandMakesNoUpdate() {
    Trainer trainer = Trainer.of(step(1, 0.5));
    trainer.stop();
    History history = trainer.run(() -> ones(1));
    assertEquals(new History(List.of(), List.of(), Ending.STOPPED), history);
    assertTrue(history.best().isEmpty());
  }

  @Test
  void namesDataThatAreNull() {
    assertEquals(
        "the data of epoch 1 are null",
        assertThrows(NullPointerException.class, () -> Trainer.of(step(1, 0.5)).run(() -> null))
            .getMessage());
    assertEquals(
        "a batch of epoch 1 is null",
        assertThrows(
                NullPointerException.class,
                () -> Trainer.of(step(1, 0.5)).run(() -> Collections.singletonList(null)))
            .getMessage());
  }

  @Test
  void aTrainerRunsOnce() {
    Trainer trainer = Trainer.of(step(1, 0.5));
    trainer.run(() -> ones(1));
    assertEquals(
        "a trainer runs once: make another one for the step to go on",
        assertThrows(IllegalStateException.class, () -> trainer.run(() -> ones(1))).getMessage());
  }

  @Test
  void validationRestoresTheBestEpoch() {
    TrainingStep step = step(1, 0.5);
    // After the epochs w = ½, ¼, ⅛, 1/16; the data to judge by want 0.2.
    History history = Trainer.of(step).epochs(4).validation(() -> target(0.2)).run(() -> ones(1));
    assertEquals(0.25, w(step));
    assertEquals(
        List.of(true, true, false, false),
        history.epochs().stream().map(EpochResult::best).toList());
    assertEquals(0.5 * 0.05 * 0.05, history.epochs().get(1).validationLoss(), 1e-15);
    assertEquals(2, history.best().orElseThrow().epoch());
    assertEquals(Ending.FINISHED, history.ending());
  }

  @Test
  void theBestAreRestoredBeforeListenersHearOfTheEnd() {
    TrainingStep step = step(1, 0.5);
    List<Double> seen = new ArrayList<>();
    Trainer.of(step)
        .epochs(4)
        .validation(() -> target(0.2))
        .listener(
            new TrainingListener() {
              @Override
              public void onEnd(History history) {
                seen.add(w(step));
              }
            })
        .run(() -> ones(1));
    assertEquals(List.of(0.25), seen);
  }

  @Test
  void patienceCountsEpochsWithoutABetterOne() {
    for (int patience = 1; patience <= 3; patience++) {
      TrainingStep step = step(1, 0.5);
      History history =
          Trainer.of(step).epochs(50).validation(() -> target(0.2), patience).run(() -> ones(1));
      assertEquals(2 + patience, history.epochs().size());
      assertEquals(Ending.STOPPED_EARLY, history.ending());
      assertEquals(0.25, w(step));
    }
  }

  @Test
  void anEqualLossIsNotBetter() {
    History history =
        Trainer.of(step(1, 0)).epochs(50).validation(() -> target(0.2), 2).run(() -> ones(1));
    assertEquals(3, history.epochs().size());
  }

  @Test
  void allEpochsAreFinishedEvenWhenPatienceEndsWithThem() {
    History history =
        Trainer.of(step(1, 0.5)).epochs(4).validation(() -> target(0.2), 2).run(() -> ones(1));
    assertEquals(4, history.epochs().size());
    assertEquals(Ending.FINISHED, history.ending());
  }

  @Test
  void stopKeepsTheBestOfValidation() {
    TrainingStep step = step(1, 0.5);
    Trainer trainer = Trainer.of(step).epochs(9).validation(() -> target(0.2));
    trainer.listener(
        new TrainingListener() {
          @Override
          public void onUpdate(UpdateResult update) {
            if (update.update() == 5) {
              trainer.stop();
            }
          }
        });
    History history = trainer.run(() -> ones(1));
    assertEquals(Ending.STOPPED, history.ending());
    assertEquals(5, history.epochs().size());
    assertEquals(0.25, w(step));
  }

  @Test
  void stopEndsALongValidationToo() {
    TrainingStep step = step(1, 0.5);
    Trainer trainer = Trainer.of(step).epochs(9);
    List<Batch> judged = new ArrayList<>();
    Iterable<Batch> endless =
        () ->
            Stream.generate(
                    () -> {
                      if (judged.size() == 3) {
                        trainer.stop();
                      }
                      judged.add(batch(1, 1, 0));
                      return judged.get(judged.size() - 1);
                    })
                .iterator();
    History history = trainer.validation(() -> endless, 3).run(() -> ones(2));
    assertEquals(Ending.STOPPED, history.ending());
    assertEquals(List.of(), history.epochs());
    assertEquals(2, history.updates().size());
    assertEquals(0.25, w(step));
    assertEquals(4, judged.size());
  }

  @Test
  void aLossThatIsNotANumberEndsTrainingBeforeItsUpdate() {
    TrainingStep step = step(1, 0.5);
    List<Batch> data = List.of(batch(1, 1, 0), batch(1, Double.NaN, 0));
    TrainingListener listener = mock(TrainingListener.class);
    String message =
        assertThrows(
                ArithmeticException.class,
                () -> Trainer.of(step).epochs(3).listener(listener).run(() -> data))
            .getMessage();
    assertEquals(
        "the loss is NaN at update 1, in epoch 1: x has NaN at time step 0, sequence 0: look for it in"
            + " the data",
        message);
    assertEquals(0.5, w(step));
    assertEquals(1, step.updates());
    verify(listener)
        .onEnd(argThat(end -> end.ending() == Ending.FAILED && end.updates().size() == 1));
  }

  @Test
  void afterAFailureTheLastGoodStateIsBack() {
    // w doubles its sign and size at each update: −2, 4, −8 … and the loss is 4 times as large.
    TrainingStep step = step(1, 3);
    String message =
        assertThrows(
                ArithmeticException.class, () -> Trainer.of(step).updates(2000).run(() -> ones(9)))
            .getMessage();
    assertEquals(
        "training diverges: the loss was 0.5 at first, and is 5.49755813888E11 at update 20, in"
            + " epoch 3; try a smaller learning rate or Clip.byGlobalNorm(1); the step is back in its"
            + " last good state, of 1 updates",
        message);
    assertEquals(-2, w(step), "the mean loss was ½ before it, and more than twice as much later");
    assertEquals(1, step.updates());
  }

  private static TrainingStep ofMeans(Optimizer rule) {
    return TrainingStep.of(Scale.of(1), Losses.meanSquaredError())
        .optimizer(rule)
        .compile(Precision.FLOAT64);
  }

  /** Returns a batch all of whose weights are 0. */
  private static Batch nothing() {
    return batch(1, 1, 0).weights(Tensor.of(0));
  }

  @Test
  void anUpdateInWhichNothingCountsIsNoGoodState() {
    TrainingStep step = ofMeans(Sgd.rate(1.5)); // −2, 4, −8 …
    List<Batch> data = new ArrayList<>(ones(9));
    data.add(0, nothing());
    String message =
        assertThrows(
                ArithmeticException.class, () -> Trainer.of(step).updates(2000).run(() -> data))
            .getMessage();
    assertTrue(
        message.startsWith("training diverges: the loss was 1.0 at first, and is "), message);
    assertTrue(
        message.endsWith("; the step is back in its last good state, of 2 updates"), message);
    assertEquals(-2, w(step), "after the first update in which anything counts");
  }

  @Test
  void validationDataInWhichNothingCountsJudgeNothing() {
    Trainer trainer = Trainer.of(ofMeans(Sgd.rate(0.1))).validation(() -> List.of(nothing()));
    assertEquals(
        "nothing counts in the validation data, and nothing can be judged by them: look at their"
            + " weights and masks",
        assertThrows(IllegalArgumentException.class, () -> trainer.run(() -> ones(1)))
            .getMessage());
  }

  @Test
  void anUpdateInWhichNothingCountsIsOneByGradientsOfZero() {
    TrainingStep plain = ofMeans(Sgd.rate(0.25));
    TrainingStep momentum = ofMeans(Sgd.rate(0.25).momentum(0.5));
    for (TrainingStep step : List.of(plain, momentum)) {
      step.run(batch(1, 1, 0));
      assertEquals(0.5, w(step));
      assertEquals(0, step.run(nothing()));
      assertEquals(0, step.gradientNorm());
      assertEquals(2, step.updates());
      assertEquals(Map.of("loss", 0.0), step.weigh(nothing()));
    }
    assertEquals(0.5, w(plain));
    assertEquals(0.25, w(momentum), "half of the step before, −0.5");
  }

  @Test
  void thatStateIsTheBestJudgedWhereThereAreOtherData() {
    TrainingStep step = step(1, 3);
    Trainer trainer = Trainer.of(step).epochs(99).validation(() -> target(4));
    assertThrows(ArithmeticException.class, () -> trainer.run(() -> ones(1)));
    assertEquals(4, w(step));
  }

  @Test
  void anOutlierOfTheDataIsNoDivergence() {
    TrainingStep step =
        TrainingStep.of(Scale.of(1), Losses.halfSumOfSquares())
            .optimizer(Sgd.rate(1))
            .clip(Clip.byGlobalNorm(1e-3))
            .compile(Precision.FLOAT64);
    List<Batch> data = new ArrayList<>(ones(30));
    data.subList(8, 17).replaceAll(batch -> batch(1, 1e9, 0));
    assertEquals(30, Trainer.of(step).run(() -> data).updates().size());
  }

  @Test
  void anOverflowingGradientEndsTrainingToo() {
    TrainingStep huge =
        TrainingStep.of(Scale.of(0.001), Losses.halfSumOfSquares())
            .optimizer(Sgd.rate(1))
            .compile(Precision.FLOAT32);
    // A loss of ½·10³⁸ fits float32, and the gradient 10⁴¹ does not.
    String message =
        assertThrows(
                ArithmeticException.class,
                () -> Trainer.of(huge).run(() -> List.of(batch(1, 1e22, 0))))
            .getMessage();
    assertTrue(message.startsWith("the norm of the gradient is Infinity at update 0"), message);
    assertEquals(0.001, w(huge), 1e-9);
  }

  @Test
  void validationDataWithNaNAreNamed() {
    TrainingStep step = step(1, 0.5);
    String message =
        assertThrows(
                ArithmeticException.class,
                () -> Trainer.of(step).validation(() -> target(Double.NaN), 3).run(() -> ones(1)))
            .getMessage();
    assertEquals(
        "the loss on the validation data is NaN: look for NaN in them, or try a smaller learning"
            + " rate",
        message);
  }

  @Test
  void anEpochWithoutBatchesIsAnError() {
    assertEquals(
        "epoch 1 has no batches",
        assertThrows(
                IllegalArgumentException.class, () -> Trainer.of(step(1, 0.5)).run(() -> List.of()))
            .getMessage());
    assertEquals(
        "the validation data have no batches",
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(step(1, 0.5)).validation(List::of, 1).run(() -> ones(1)))
            .getMessage());
  }

  @Test
  void noEpochsUpdatesOrTimeAreAHistoryWithoutAny() {
    TrainingStep step = step(1, 0.5);
    List<UnaryOperator<Trainer>> none =
        List.of(
            trainer -> trainer.epochs(0),
            trainer -> trainer.updates(0),
            trainer -> trainer.time(Duration.ZERO));
    for (UnaryOperator<Trainer> limit : none) {
      Trainer trainer = Trainer.of(step).validation(() -> ones(1), 1);
      assertEquals(
          new History(List.of(), List.of(), Ending.FINISHED),
          limit.apply(trainer).run(() -> ones(1)));
    }
    assertEquals(1, w(step));
  }

  @Test
  void anExceptionOfTheDataOrAListenerComesOut() {
    TrainingListener listener = mock(TrainingListener.class);
    IllegalStateException thrown = new IllegalStateException("no data today");
    IllegalStateException caught =
        assertThrows(
            IllegalStateException.class,
            () ->
                Trainer.of(step(1, 0.5))
                    .listener(listener)
                    .run(
                        () -> {
                          throw thrown;
                        }));
    assertEquals(thrown, caught);
    verify(listener).onEnd(new History(List.of(), List.of(), Ending.FAILED));
  }

  @Test
  void refusesSettingsThatAreNone() {
    Trainer trainer = Trainer.of(step(1, 0.5));
    assertEquals(
        "-1 is no number of epochs",
        assertThrows(IllegalArgumentException.class, () -> trainer.epochs(-1)).getMessage());
    assertEquals(
        "a patience of 0 epochs is not above 0",
        assertThrows(IllegalArgumentException.class, () -> trainer.validation(() -> ones(1), 0))
            .getMessage());
  }

  @Test
  void theLossOfAnEpochIsTheMeanOverWhatCounts() {
    TrainingStep step =
        TrainingStep.of(Scale.of(1), Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.25))
            .compile(Precision.FLOAT64);
    List<Batch> batches = List.of(batch(1, 1, 0), batch(3, 1, 0));
    History history = Trainer.of(step).validation(() -> batches).run(() -> batches);
    // Updates: w = 1 → 1 − 0.25·2·1 = ½ → ½ − 0.25·2·½ = ¼
    assertEquals((1 + 3 * 0.25) / 4, history.epochs().get(0).loss());
    assertEquals(0.0625, history.epochs().get(0).validationLoss());
    assertEquals(0.0625, step.evaluate(batches));
  }

  @Test
  void ofALossThatIsASumItIsTheMeanOverBatches() {
    History history =
        Trainer.of(step(1, 0.5))
            .validation(() -> Arrays.asList(batch(1, 1, 0), batch(3, 1, 0)))
            .run(() -> ones(1));
    // w = ½: losses ⅛ and ⅜
    assertEquals((0.125 + 0.375) / 2, history.epochs().get(0).validationLoss());
  }

  @Test
  void twoTrainersGoOnWithOneStep() {
    TrainingStep whole = step(1, 0.3);
    Trainer.of(whole).epochs(4).run(() -> ones(2));
    TrainingStep halves = step(1, 0.3);
    Trainer.of(halves).epochs(2).run(() -> ones(2));
    History second = Trainer.of(halves).epochs(2).run(() -> ones(2));
    assertEquals(w(whole), w(halves));
    assertEquals(4, second.updates().get(0).update(), "updates count on");
    assertEquals(1, second.updates().get(0).epoch());
    assertFalse(second.epochs().isEmpty());
  }

  @Test
  void shufflingWithASeedIsRepeatable() {
    double[] ends = new double[2];
    for (int i = 0; i < 2; i++) {
      TrainingStep step = step(1, 0.01);
      Philox random = new Philox(5);
      Trainer.of(step)
          .epochs(3)
          .run(() -> Stream.generate(() -> batch(1, random.nextDouble(), 0)).limit(7).toList());
      ends[i] = w(step);
    }
    assertEquals(ends[0], ends[1]);
  }
}
