package dev.rnn4j.examples.forecast.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.cli.KeptTrainings;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.History;
import dev.rnn4j.train.TrainingStep;
import dev.rnn4j.train.UpdateResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingsTest {
  private final Trainings trainings =
      new Trainings(
          new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
          KeptTrainings.none());

  /** Learns from two batches an epoch, and does something before the second. */
  private History run(Runnable between) {
    Batch batch = Batch.of(Tensor.full(Shape.of(1, 1, 1), 1), Tensor.full(Shape.of(1, 1, 1), 0));
    TrainingStep step =
        TrainingStep.of(Dense.of(1, 1, new Philox(0)), Losses.halfSumOfSquares())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT64);
    return trainings.run(
        "fit",
        step,
        3,
        () ->
            () ->
                List.of(1, 2).stream()
                    .map(
                        number -> {
                          if (number == 2) {
                            between.run();
                          }
                          return batch;
                        })
                    .iterator(),
        Resumable.of(Map::of, state -> {}));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoStopsOneStopsAll(boolean interrupts) {
    assertEquals(6, run(() -> {}).updates().size());
    assertFalse(trainings.areStopped());
    History stopped = run(interrupts ? () -> Thread.currentThread().interrupt() : trainings::stop);
    assertEquals(History.Ending.STOPPED, stopped.ending());
    assertTrue(stopped.updates().size() < 6 && !stopped.updates().isEmpty());
    assertTrue(trainings.areStopped());
    assertTrue(run(() -> {}).updates().isEmpty());
  }

  @Test
  void anInterruptionBetweenTwoStopsToo() {
    Thread.currentThread().interrupt();
    assertTrue(trainings.areStopped());
    assertFalse(Thread.currentThread().isInterrupted());
    assertTrue(run(() -> {}).updates().isEmpty());
  }

  @Test
  void aStopInTheFirstEpochLeavesNoLinearModel() {
    List<UpdateResult> one = List.of(new UpdateResult(1, 0, 1, 1, 0.1));
    Fitted fitted = new Fitted(null, new History(one, List.of(), History.Ending.STOPPED));
    assertEquals("stopped in epoch 1", fitted.ending());
    assertFalse(fitted.isLinear());
  }
}
