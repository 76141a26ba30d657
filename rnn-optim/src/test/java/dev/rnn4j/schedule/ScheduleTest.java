package dev.rnn4j.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void constantChangesNothing() {
    assertEquals(1, Schedule.constant().factor(0));
    assertEquals(1, Schedule.constant().factor(Long.MAX_VALUE));
  }

  @Test
  void stepwiseFallsAfterEachSpan() {
    Schedule schedule = Schedule.stepwise(3, 0.5);
    double[] expected = {1, 1, 1, 0.5, 0.5, 0.5, 0.25};
    for (int update = 0; update < expected.length; update++) {
      assertEquals(expected[update], schedule.factor(update));
    }
  }

  @Test
  void cosineFallsFromOneToItsLastFactorAndStays() {
    Schedule schedule = Schedule.cosine(8, 0.2);
    assertEquals(1, schedule.factor(0));
    assertEquals(0.6, schedule.factor(4), 1e-15);
    assertEquals(0.2 + 0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.factor(2), 1e-15);
    assertEquals(0.2, schedule.factor(8), 1e-15);
    assertEquals(0.2, schedule.factor(1_000_000), 1e-15);
  }

  @Test
  void warmupRisesEvenlyToTheSchedule() {
    Schedule schedule = Schedule.stepwise(6, 0.1).warmup(4);
    double[] expected = {0.25, 0.5, 0.75, 1, 1, 1, 0.1};
    for (int update = 0; update < expected.length; update++) {
      assertEquals(expected[update], schedule.factor(update), 1e-15);
    }
  }

  @Test
  void warmupOfOneUpdateChangesNothing() {
    assertEquals(1, Schedule.constant().warmup(1).factor(0));
  }

  @Test
  void refusesSpansWithoutUpdates() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Schedule.constant().warmup(0))
            .getMessage();
    assertEquals("a warm-up needs at least 1 update, not 0", message);
    assertThrows(IllegalArgumentException.class, () -> Schedule.stepwise(0, 0.5));
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(-1, 0));
  }

  @Test
  void refusesFactorsThatNoRateCanHave() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.stepwise(1, -0.5));
    assertThrows(IllegalArgumentException.class, () -> Schedule.stepwise(1, Double.NaN));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(10, -1)).getMessage();
    assertEquals("the factor -1.0 is not a finite number from 0 up", message);
  }
}
