package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.schedule.Plateau;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a schedule remembers is a part of a checkpoint. */
class ScheduleStateTest {
  private static TrainingStep step(Schedule schedule) {
    return TrainingStep.of(Fixtures.Scale.of(1), Losses.meanSquaredError())
        .optimizer(Sgd.rate(0.5).momentum(0.9))
        .schedule(schedule)
        .compile(Precision.FLOAT64);
  }

  @Test
  void aPlateauGoesOnWhereItWas() {
    Plateau seen = Schedule.onPlateau(0.5, 1);
    TrainingStep step = step(seen.warmup(2));
    Tensor x = Tensor.of(new double[][] {{1}, {2}});
    step.run(x, x);
    for (double metric : new double[] {3, 3, 3, 3}) {
      seen.observe(metric);
    }
    assertEquals(0.5, seen.factor(0));
    Map<String, Tensor> checkpoint = step.checkpoint();
    assertEquals(0.5, checkpoint.get("schedule/then/factor").item());

    Plateau other = Schedule.onPlateau(0.5, 1);
    TrainingStep next = step(other.warmup(2));
    next.run(x, x);
    next.restore(checkpoint);
    assertEquals(seen.state(), other.state());
    step.run(x, x);
    next.run(x, x);
    next.checkpoint()
        .forEach((name, value) -> assertTrue(value.sameAs(step.checkpoint().get(name)), name));
    other.observe(3);
    seen.observe(3);
    assertEquals(0.25, other.factor(0));
    assertEquals(seen.state(), other.state());
  }
}
