package dev.rnn4j.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Rates beside OneCycleLR of PyTorch 2.13 (max_lr 0.3, total_steps 41). */
class OneCycleTest {
  private static void assertRates(OneCycle cycle, double[][] expected) {
    for (double[] row : expected) {
      assertEquals(row[1], 0.3 * cycle.factor((long) row[0]), 1e-12, "update " + row[0]);
    }
  }

  @Test
  void goesUpAndDownAlongCosines() {
    assertRates(
        Schedule.oneCycle(41),
        new double[][] {
          {0, 0.01200000000000001},
          {1, 0.01752937706148544},
          {6, 0.16998995765177558},
          {11, 0.29949942853543643},
          {12, 0.2995598719380803},
          {26, 0.14425521292813492},
          {39, 0.0008989631706196779}
        });
  }

  @Test
  void goesBackAlongLinesAndThenToItsEnd() {
    assertRates(
        Schedule.oneCycle(41).peakAt(0.2).alongLines().symmetric(),
        new double[][] {
          {0, 0.012},
          {7, 0.2919999999999999},
          {8, 0.268},
          {14, 0.02800000000000008},
          {15, 0.011718778125},
          {39, 0.0004699031250000006}
        });
  }

  @Test
  void endsWhereItIsToldAndStays() {
    OneCycle cycle = Schedule.oneCycle(11).between(0.1, 0.01);
    assertEquals(0.1, cycle.factor(0), 1e-15);
    assertEquals(0.01, cycle.factor(10), 1e-15);
    assertEquals(0.01, cycle.factor(1_000), 1e-15);
  }

  @Test
  void momentumGoesTheOtherWay() {
    OneCycle cycle = Schedule.oneCycle(21).peakAt(6 / 21.0).alongLines();
    assertEquals(0.9, cycle.momentum(5, 0.9));
    OneCycle moving = cycle.momentum(0.85, 0.95);
    assertEquals(0.95, moving.momentum(0, 0.9), 1e-15);
    assertEquals(0.85, moving.momentum(5, 0.9), 1e-15);
    assertEquals(0.95, moving.momentum(20, 0.9), 1e-15);
    assertEquals(0.95, moving.symmetric().momentum(10, 0.9), 1e-15);
    assertEquals(0.95, moving.symmetric().momentum(15, 0.9), 1e-15);
  }

  @Test
  void aCycleOfAnyLengthStaysFromZeroToOne() {
    assertEquals(1, Schedule.oneCycle(10).peakAt(0.1).factor(0));
    for (int updates = 1; updates < 30; updates++) {
      for (double peak : new double[] {0, 0.1, 0.5, 1}) {
        for (int u = 0; u < updates + 2; u++) {
          double factor = Schedule.oneCycle(updates).peakAt(peak).factor(u);
          assertTrue(factor >= 0 && factor <= 1, updates + ", " + peak + ", " + u + ": " + factor);
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoCycle() {
    ScheduleTest.assertRefused(
        "the peak 1.5 is no part from 0 to 1", () -> Schedule.oneCycle(10).peakAt(1.5));
    ScheduleTest.assertRefused(
        "the factor 2.0 is not from 0 to 1", () -> Schedule.oneCycle(10).between(2, 0));
    ScheduleTest.assertRefused(
        "the momenta 0.9 and 0.8 are not in [0, 1), the lower one first",
        () -> Schedule.oneCycle(10).momentum(0.9, 0.8));
    ScheduleTest.assertRefused(
        "a symmetric cycle has its peak in the first half, not at 0.6",
        () -> Schedule.oneCycle(10).peakAt(0.6).symmetric());
  }
}
