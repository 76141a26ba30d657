package dev.rnn4j.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ScheduleTest {
  private static double[] factors(Schedule schedule, int count) {
    return LongStream.range(0, count).mapToDouble(schedule::factor).toArray();
  }

  private static void assertFactors(Schedule schedule, double... expected) {
    assertArrayEquals(expected, factors(schedule, expected.length), 1e-15);
  }

  @Test
  void constantChangesNothing() {
    assertEquals(1, Schedule.constant().factor(0));
    assertEquals(1, Schedule.constant().factor(Long.MAX_VALUE));
    assertEquals(0.9, Schedule.constant().momentum(3, 0.9));
  }

  @Test
  void stepwiseFallsAfterEachSpan() {
    assertFactors(Schedule.stepwise(3, 0.5), 1, 1, 1, 0.5, 0.5, 0.5, 0.25);
  }

  @Test
  void stepwiseAtFallsAtEachUpdateNamedInAnyOrderAndTwiceWhereNamedTwice() {
    assertFactors(Schedule.stepwiseAt(0.5, 4, 1, 4), 1, 0.5, 0.5, 0.5, 0.125, 0.125);
    assertFactors(Schedule.stepwiseAt(0.5), 1, 1);
    assertFactors(Schedule.stepwiseAt(0.5, 0), 0.5, 0.5);
  }

  @Test
  void exponentialFallsWithEachUpdate() {
    assertFactors(Schedule.exponential(0.9), 1, 0.9, 0.81, 0.729);
    assertFactors(Schedule.exponential(0), 1, 0, 0);
  }

  @Test
  void linearGoesFromFirstToLastAndStays() {
    assertFactors(Schedule.linear(4, 0.2, 1), 0.2, 0.4, 0.6, 0.8, 1, 1);
    assertEquals(0.3, Schedule.linear(7, 1, 0.3).factor(7));
    assertEquals(0.3, Schedule.linear(7, 1, 0.3).factor(Long.MAX_VALUE));
  }

  @Test
  void polynomialFallsByItsPower() {
    assertFactors(Schedule.polynomial(4, 2, 0), 1, 0.5625, 0.25, 0.0625, 0, 0);
    assertFactors(Schedule.polynomial(2, 3, 0.2), 1, 0.3, 0.2, 0.2);
  }

  @Test
  void cosineFallsFromOneToItsLastFactorAndStays() {
    Schedule schedule = Schedule.cosine(8, 0.2);
    assertEquals(1, schedule.factor(0));
    assertEquals(0.6, schedule.factor(4), 1e-15);
    assertEquals(0.2 + 0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.factor(2), 1e-15);
    assertEquals(0.2, schedule.factor(8), 1e-15);
    assertEquals(0.2, schedule.factor(1_000_000), 1e-15);
    assertFactors(Schedule.cosine(2, 0.2, 1), 0.2, 0.6, 1, 1);
  }

  @Test
  void cosineRestartsTakesLongerEachTime() {
    double half = 0.5;
    double high = (1 + Math.sqrt(0.5)) / 2;
    double low = 1 - high;
    assertFactors(Schedule.cosineRestarts(2, 2, 0), 1, half, 1, high, half, low, 1);
    assertFactors(Schedule.cosineRestarts(2, 1, 0), 1, half, 1, half, 1);
    assertEquals(1, Schedule.cosineRestarts(1, 2, 0).factor((1L << 40) - 1));
  }

  /** The learning rate of Vaswani et al. is d^−½·min(s^−½, s·w^−3/2) at step s, from 1. */
  @Test
  void inverseSquareRootAfterItsWarmUpIsTheTransformers() {
    int w = 5;
    Schedule schedule = Schedule.inverseSquareRoot(w).warmup(w);
    for (int s = 1; s <= w; s++) {
      double paper = s * Math.pow(w, -1.5) / Math.pow(w, -0.5);
      assertEquals(paper, schedule.factor(s - 1), 1e-15);
    }
    for (int s = w; s <= 40; s++) {
      double paper = Math.pow(s, -0.5) / Math.pow(w, -0.5);
      assertEquals(paper, schedule.factor(s), 1e-15);
    }
  }

  @Test
  void warmupRisesEvenlyAndThenTheScheduleBegins() {
    assertFactors(Schedule.stepwise(2, 0.1).warmup(4), 0.25, 0.5, 0.75, 1, 1, 1, 0.1, 0.1, 0.01);
  }

  @Test
  void warmupRisesToTheBeginningOfTheSchedule() {
    assertFactors(Schedule.linear(2, 0.8, 0.4).warmup(4), 0.2, 0.4, 0.6, 0.8, 0.8, 0.6, 0.4);
    Adjustable rate = Schedule.constant().adjustable();
    Schedule warm = rate.warmup(2);
    rate.multiply(0.1);
    assertFactors(warm, 0.05, 0.1, 0.1);
  }

  @Test
  void warmupOfOneUpdateChangesNothing() {
    assertEquals(1, Schedule.constant().warmup(1).factor(0));
  }

  @Test
  void schedulesFollowEachOtherEachFromItsBeginning() {
    Schedule all =
        Schedule.exponential(0.5).then(2, Schedule.linear(2, 0.4, 0.2)).then(5, u -> 7 + u);
    assertFactors(all, 1, 0.5, 0.4, 0.3, 0.2, 7, 8);
  }

  @Test
  void aBeginningIsRepeated() {
    assertFactors(Schedule.exponential(0.5).repeated(3), 1, 0.5, 0.25, 1, 0.5, 0.25, 1);
    Schedule wave = Schedule.cosine(2, 0).then(2, Schedule.cosine(2, 0, 1)).repeated(4);
    assertFactors(wave, 1, 0.5, 0, 0.5, 1, 0.5, 0);
  }

  @Test
  void momentaFollowEachOtherToo() {
    Schedule cycle = Schedule.oneCycle(11).peakAt(6 / 11.0).alongLines().momentum(0.5, 0.9);
    Schedule all = cycle.warmup(3);
    assertEquals(0.7, all.momentum(2, 0.7));
    assertEquals(0.9, all.momentum(3, 0.7), 1e-15);
    assertEquals(0.5, all.momentum(8, 0.7), 1e-15);
    assertEquals(0.5, cycle.repeated(11).momentum(16, 0.7), 1e-15);
  }

  @Test
  void metricsReachThePartThatIsAtWorkAndStatesAreThoseOfAllParts() {
    Plateau first = Schedule.onPlateau(0.5, 0);
    Plateau second = Schedule.onPlateau(0.1, 0);
    Schedule all = first.then(10, second.repeated(100));
    for (long update : new long[] {0, 9, 10}) {
      all.observe(update, 1);
    }
    assertEquals(0.5, all.factor(9));
    assertEquals(1, all.factor(10));
    all.observe(11, 1);
    assertEquals(0.1, all.factor(10));

    Map<String, Double> state = all.state();
    assertEquals(8, state.size());
    assertEquals(0.5, state.get("first/factor"));
    assertEquals(0.1, state.get("then/factor"));
    Schedule other = Schedule.onPlateau(0.5, 0).then(10, Schedule.onPlateau(0.1, 0).repeated(100));
    other.restore(state);
    assertEquals(state, other.state());
    assertEquals(0.5, other.factor(3));
  }

  @Test
  void aStateOfAnotherScheduleIsRefused() {
    assertEquals(Map.of(), Schedule.constant().state());
    Schedule.constant().restore(Map.of());
    assertEquals(
        "the schedule remembers [], and the state has [best]: it is one of another schedule",
        assertThrows(
                IllegalArgumentException.class,
                () -> Schedule.constant().restore(Map.of("best", 1.0)))
            .getMessage());
    Schedule warm = Schedule.onPlateau(0.5, 0).warmup(3);
    assertThrows(IllegalArgumentException.class, () -> warm.restore(Map.of("then/best", 1.0)));
    assertEquals(Double.POSITIVE_INFINITY, warm.state().get("then/best"));
  }

  @Test
  void refusesSpansWithoutUpdates() {
    assertRefused("a warm-up needs at least 1 update, not 0", () -> Schedule.constant().warmup(0));
    assertRefused(
        "a schedule before another one needs at least 1 update, not 0",
        () -> Schedule.constant().then(0, Schedule.constant()));
    assertRefused(
        "a schedule that is repeated needs at least 1 update, not -2",
        () -> Schedule.constant().repeated(-2));
    assertRefused(
        "a stepwise schedule needs at least 1 update, not 0", () -> Schedule.stepwise(0, 0.5));
    assertRefused("a linear schedule needs", () -> Schedule.linear(0, 0, 1));
    assertRefused("a polynomial schedule needs", () -> Schedule.polynomial(0, 1, 1));
    assertRefused("a cosine schedule needs", () -> Schedule.cosine(-1, 0));
    assertRefused("a cosine schedule needs", () -> Schedule.cosineRestarts(0, 1, 0));
    assertRefused("an inverse square root needs", () -> Schedule.inverseSquareRoot(0));
    assertRefused("a cycle needs at least 1 update, not 0", () -> Schedule.oneCycle(0));
  }

  @Test
  void refusesFactorsThatNoRateCanHave() {
    assertRefused(
        "the factor -1.0 is not a finite number from 0 up", () -> Schedule.cosine(10, -1));
    assertRefused("the factor -0.5", () -> Schedule.stepwise(1, -0.5));
    assertRefused("the factor NaN", () -> Schedule.stepwise(1, Double.NaN));
    assertRefused("the factor Infinity", () -> Schedule.exponential(Double.POSITIVE_INFINITY));
    assertRefused("the factor -0.1", () -> Schedule.stepwiseAt(-0.1, 3));
    assertRefused("the factor -0.1", () -> Schedule.linear(3, 1, -0.1));
    assertRefused("the power 0.0 is not", () -> Schedule.polynomial(3, 0, 0));
    assertRefused("the growth 0 is not", () -> Schedule.cosineRestarts(3, 0, 0));
  }

  static void assertRefused(String beginning, Executable maker) {
    String message = assertThrows(IllegalArgumentException.class, maker).getMessage();
    assertEquals(beginning, message.substring(0, Math.min(beginning.length(), message.length())));
  }
}
