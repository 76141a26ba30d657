package dev.rnn4j.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlateauTest {
  /** Returns the factor after each metric. */
  private static double[] factors(Plateau plateau, double... metrics) {
    double[] factors = new double[metrics.length];
    for (int i = 0; i < metrics.length; i++) {
      plateau.observe(metrics[i]);
      factors[i] = plateau.factor(i);
    }
    return factors;
  }

  private static void assertFactors(Plateau plateau, double[] metrics, double... expected) {
    assertArrayEquals(expected, factors(plateau, metrics), 1e-15);
  }

  @Test
  void fallsAfterMoreThanItsPatienceAndCountsAnew() {
    double[] metrics = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    assertFactors(
        Schedule.onPlateau(0.5, 2), metrics, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125);
    assertFactors(Schedule.onPlateau(0.5, 0), new double[] {3, 3, 2, 2}, 1, 0.5, 0.5, 0.25);
  }

  @Test
  void aBetterMetricForgivesTheWorseOnes() {
    assertFactors(
        Schedule.onPlateau(0.5, 1), new double[] {3, 4, 2, 3, 4, 1}, 1, 1, 1, 1, 0.5, 0.5);
  }

  @Test
  void worseOnesDoNotCountDuringTheCooldown() {
    assertFactors(
        Schedule.onPlateau(0.5, 0).cooldown(2),
        new double[] {1, 1, 1, 1, 1, 1, 1},
        1,
        0.5,
        0.5,
        0.5,
        0.25,
        0.25,
        0.25);
  }

  @Test
  void smallGainsAreNone() {
    assertFactors(
        Schedule.onPlateau(0.5, 0).leastGain(0.1), new double[] {1, 0.89, 0.81}, 1, 1, 0.5);
    assertFactors(
        Schedule.onPlateau(0.5, 0).leastGainOf(0.25), new double[] {1, 0.75, 0.5}, 1, 0.5, 0.5);
  }

  @Test
  void largerIsBetterWhereSaid() {
    assertFactors(
        Schedule.onPlateau(0.5, 0).largerIsBetter(), new double[] {0.5, 0.6, 0.6}, 1, 1, 0.5);
    assertFactors(
        Schedule.onPlateau(0.5, 0).leastGain(0.1).largerIsBetter(),
        new double[] {10, 10.9, 11.1},
        1,
        0.5,
        0.5);
    assertFactors(
        Schedule.onPlateau(0.5, 0).leastGainOf(1).largerIsBetter(),
        new double[] {10, 11, 11.5},
        1,
        0.5,
        0.5);
  }

  @Test
  void hasALowestFactorAndALeastFall() {
    double[] metrics = {1, 1, 1, 1, 1};
    assertFactors(Schedule.onPlateau(0.5, 0).atLeast(0.2), metrics, 1, 0.5, 0.25, 0.2, 0.2);
    assertFactors(Schedule.onPlateau(0.5, 0).leastFall(0.2), metrics, 1, 0.5, 0.25, 0.25, 0.25);
  }

  @Test
  void nanIsNeverBetter() {
    assertFactors(
        Schedule.onPlateau(0.5, 0), new double[] {Double.NaN, 1, Double.NaN}, 0.5, 0.5, 0.25);
  }

  @Test
  void goesOnFromItsState() {
    Plateau whole = Schedule.onPlateau(0.5, 1).cooldown(1);
    Plateau half = Schedule.onPlateau(0.5, 1).cooldown(1);
    double[] metrics = {3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1};
    for (int i = 0; i < metrics.length; i++) {
      Plateau next = Schedule.onPlateau(0.5, 1).cooldown(1);
      next.restore(half.state());
      half = next;
      whole.observe(metrics[i]);
      half.observe(metrics[i]);
      assertEquals(whole.state(), half.state(), "metric " + i);
      assertEquals(whole.factor(i), half.factor(i));
    }
    assertThrows(IllegalArgumentException.class, () -> whole.restore(Map.of("factor", 1.0)));
  }

  @Test
  void refusesSettingsThatAreNone() {
    ScheduleTest.assertRefused(
        "the factor 1.0 is not from 0 to below 1", () -> Schedule.onPlateau(1, 2));
    ScheduleTest.assertRefused("the patience -1 is below 0", () -> Schedule.onPlateau(0.5, -1));
    Plateau plateau = Schedule.onPlateau(0.5, 1);
    ScheduleTest.assertRefused("the cooldown -1 is below 0", () -> plateau.cooldown(-1));
    ScheduleTest.assertRefused("the gain 1.0 is not", () -> plateau.leastGain(1));
    ScheduleTest.assertRefused("the gain -1.0 is not", () -> plateau.leastGainOf(-1));
    ScheduleTest.assertRefused("the lowest factor 2.0 is not", () -> plateau.atLeast(2));
    ScheduleTest.assertRefused("the least fall NaN is not", () -> plateau.leastFall(Double.NaN));
  }
}
