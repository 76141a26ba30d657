package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** One seed repeats a training bit for bit: here, and in another JVM with other kernels. */
class RepeatTest {
  /** Trains, and returns all bits of what comes out. */
  private static String train(long seed) {
    RandomGenerator random = new Philox(seed);
    var model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(2, 5, random)).last(),
            new Dropout(0.3),
            Dense.of(5, 1, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Adam.rate(0.01))
            .clip(Clip.byGlobalNorm(0.5))
            .schedule(Schedule.cosine(20, 0.1))
            .seed(seed)
            .compile(Precision.FLOAT32);
    Batch later = Fixtures.batch(random, 7, 4, 2);
    History history =
        Trainer.of(step)
            .updates(24)
            .validation(() -> List.of(later))
            .validateEveryUpdates(6)
            .generate(() -> Fixtures.batch(random, 7, 3, 2));
    StringBuilder bits = new StringBuilder();
    history.updates().forEach(update -> bits.append(update).append(' '));
    history.validations().forEach(look -> bits.append(look).append(' '));
    for (Tensor tensor : step.checkpoint().values()) {
      for (double value : tensor.toDoubles()) {
        bits.append(Double.toHexString(value)).append(' ');
      }
    }
    return bits.toString();
  }

  /** The other JVM. */
  public static void main(String[] args) {
    System.out.print(train(Long.parseLong(args[0])));
  }

  @Test
  void inTwoProcesses() throws Exception {
    String here = train(5);
    assertEquals(here, train(5));
    assertNotEquals(here, train(6));
    List<String> options =
        List.of("-XX:TieredStopAtLevel=1", "-Drnn.kernels=scalar", "-Drnn.threads=1");
    assertEquals(here, MemoryTest.run(RepeatTest.class, options, "5"));
  }
}
