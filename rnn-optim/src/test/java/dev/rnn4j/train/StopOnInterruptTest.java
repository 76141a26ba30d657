package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.io.Batch;
import dev.rnn4j.io.NamedTensors;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Scale;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StopOnInterruptTest {
  private static final Shape ONE = Shape.of(1, 1, 1);

  private static Batch batch(double target) {
    return Batch.of(Tensor.full(ONE, 1), Tensor.full(ONE, target));
  }

  private static TrainingStep step(Scale model) {
    return TrainingStep.of(model, Losses.halfSumOfSquares())
        .optimizer(Sgd.rate(0.5))
        .compile(Precision.FLOAT64);
  }

  /** Trains for ever, w = ½, ¼, … judged best at ¼, and saves when told to stop. */
  static final class Training {
    public static void main(String[] arguments) throws IOException {
      Scale model = Scale.of(1);
      TrainingStep step = step(model);
      Trainer trainer =
          Trainer.of(step)
              .epochs(Integer.MAX_VALUE)
              .validation(() -> List.of(batch(0.2)))
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onEpoch(EpochResult epoch) {
                      if (epoch.epoch() == 4) {
                        System.out.println("training");
                      }
                    }
                  });
      try (StopOnInterrupt interrupt = StopOnInterrupt.of(trainer)) {
        History history = trainer.run(() -> List.of(batch(0)));
        Map<String, String> metadata = Map.of("ending", history.ending().toString());
        ModelFile.save(model, step.weights(), Path.of(arguments[0]), metadata);
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // where a process can only be killed
  void savesTheBestBeforeTheJvmEnds(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.safetensors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Training.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      assertEquals("training", lines.readLine());
      process.destroy();
      process.waitFor();
    }
    NamedTensors saved = Safetensors.load(file);
    assertEquals("STOPPED", saved.metadata().get("ending"));
    assertEquals(0.25, saved.get("w").item());
  }

  @Test
  void leavesNothingBehind() {
    Trainer trainer = Trainer.of(step(Scale.of(1))).epochs(2);
    History history;
    try (StopOnInterrupt interrupt = StopOnInterrupt.of(trainer)) {
      history = trainer.run(() -> List.of(batch(0)));
      interrupt.close();
    }
    assertEquals(History.Ending.FINISHED, history.ending());
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("rnn-stop-on-interrupt")));
  }

  @Test
  void refusesAPatienceThatIsNone() {
    Trainer trainer = Trainer.of(step(Scale.of(1)));
    assertThrows(
        IllegalArgumentException.class, () -> StopOnInterrupt.of(trainer, Duration.ofSeconds(-1)));
  }
}
