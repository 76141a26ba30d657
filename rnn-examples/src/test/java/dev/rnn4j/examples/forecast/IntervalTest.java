package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.forecast.Interval.Past;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final int ROWS = 2000;

  /** Forecasts from 10 to 110, and values off by a normal error times a size. */
  private static Past past(int seed, DoubleUnaryOperator size) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] forecasts = random.doubles(ROWS, 10, 110).toArray();
    double[] actual = forecasts.clone();
    Arrays.setAll(actual, i -> actual[i] + size.applyAsDouble(actual[i]) * random.nextGaussian());
    return new Past(forecasts, actual);
  }

  private static double coverage(Interval interval, Past past) {
    return Score.of(past.forecasts(), past.actual(), interval, 1).coverage();
  }

  @Test
  void holdsFourFifthsOfWhatIsNew() {
    for (DoubleUnaryOperator size :
        new DoubleUnaryOperator[] {f -> 3, f -> 0.1 * f, f -> 0.5 * Math.sqrt(f)}) {
      Interval interval = Interval.fit(past(1, size), past(2, size));
      assertEquals(0.8, coverage(interval, past(3, size)), 0.03);
    }
  }

  @Test
  void growsWithTheForecastWhereErrorsDo() {
    assertEquals(1, Interval.fit(past(1, f -> 0.1 * f), past(2, f -> 0.1 * f)).power());
    assertEquals(0, Interval.fit(past(1, f -> 3), past(2, f -> 3)).power());
  }

  @Test
  void isWiderWhereNewErrorsAreLarger() {
    Interval learnt = Interval.fit(past(1, f -> 1), past(2, f -> 1));
    Interval unseen = Interval.fit(past(1, f -> 1), past(2, f -> 2));
    assertEquals(2, (unseen.high() - unseen.low()) / (learnt.high() - learnt.low()), 0.15);
    assertEquals(0.8, coverage(unseen, past(3, f -> 2)), 0.03);
  }

  @Test
  void missingForecastsCountForNothing() {
    double[] forecasts = {Double.NaN, 1, 2, 3, 4};
    double[] actual = {9, 2, 3, 4, 5};
    Past past = new Past(forecasts, actual);
    Interval interval = Interval.fit(past, past);
    assertEquals(2, interval.low(1), 1e-12);
    assertTrue(interval.holds(1, 2));
    assertFalse(interval.holds(1, 3));
    Score score = Score.of(forecasts, actual, interval, 2);
    assertEquals(4, score.count());
    assertEquals(1, score.rmse(), 1e-12);
    assertEquals(0.5, score.mase(), 1e-12);
    assertEquals(0, score.pinball(), 1e-12);
    Past none = new Past(new double[] {Double.NaN}, new double[] {1});
    assertEquals(Interval.NONE, Interval.fit(none, none));
  }

  @Test
  void pinballLossIsTheMeanOfThreeQuantiles() {
    Interval interval = new Interval(-1, 0, 2, 0);
    // Above all three: 0.1·(3 + 1), 0.5·3, 0.9·(3 − 2); below: 0.9·(5 − 1), 0.5·5, 0.1·(5 + 2).
    assertEquals((0.4 + 1.5 + 0.9) / 3, interval.loss(10, 13), 1e-12);
    assertEquals((3.6 + 2.5 + 0.7) / 3, interval.loss(10, 5), 1e-12);
  }
}
