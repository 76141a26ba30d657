package dev.rnn4j.forecast.internal.quantile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final int ROWS = 2000;
  private static final Past.Units ONE = (name, transforms) -> new double[] {1};

  /** Forecasts from 10 to 110, and values off by a normal error times a size. */
  private record Made(Band band, double[] actual) {
    static Made of(int seed, DoubleUnaryOperator size) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] forecasts = random.doubles(ROWS, 10, 110).toArray();
      double[] actual = forecasts.clone();
      Arrays.setAll(actual, i -> actual[i] + size.applyAsDouble(actual[i]) * random.nextGaussian());
      return new Made(Band.of(forecasts), actual);
    }

    Interval fit(Transform transform) {
      return Interval.fit(band, actual, transform);
    }

    double coverage(Interval interval) {
      return share(interval.around(band), actual);
    }
  }

  /** Returns the share of what happened that is within the bounds. */
  private static double share(Band band, double[] actual) {
    return IntStream.range(0, actual.length).filter(i -> band.holds(i, actual[i])).count()
        / (double) actual.length;
  }

  @Test
  void holdsFourFifthsOfWhatIsNew() {
    for (Transform transform : Transform.values()) {
      DoubleUnaryOperator size = f -> transform == Transform.NONE ? 3 : 0.1 * f;
      Interval interval = Made.of(1, size).fit(transform);
      assertEquals(0.8, Made.of(3, size).coverage(interval), 0.03, transform.toString());
    }
  }

  @Test
  void growsWithTheForecastWhereErrorsDo() {
    Band logarithm = Made.of(1, f -> 0.1 * f).fit(Transform.LOG).around(Band.of(10, 100));
    double ratio =
        (logarithm.high()[1] - logarithm.low()[1]) / (logarithm.high()[0] - logarithm.low()[0]);
    assertEquals(101.0 / 11, ratio, 1e-9);
    Band none = Made.of(1, f -> 3).fit(Transform.NONE).around(Band.of(10, 100));
    assertEquals(none.high()[1] - none.low()[1], none.high()[0] - none.low()[0], 1e-9);
  }

  @Test
  void quantilesThatAreTooNarrowAreMoved() {
    Made made = Made.of(1, f -> 3);
    Band narrow =
        new Band(
            made.band().point(),
            made.band().map(f -> f - 1).point(),
            made.band().point(),
            made.band().map(f -> f + 1).point());
    Interval interval = Interval.fit(narrow, made.actual(), Transform.NONE);
    Band moved = interval.around(narrow);
    assertEquals(0.8, share(moved, made.actual()), 0.01);
    assertEquals(0.26, share(narrow, made.actual()), 0.03);
  }

  @Test
  void missingForecastsCountForNothing() {
    double[] actual = {9, 2, 3, 4, 5};
    Band band = Band.of(Double.NaN, 1, 2, 3, 4);
    Band around = Interval.fit(band, actual, Transform.NONE).around(band);
    assertEquals(1, around.low()[1]);
    assertEquals(2, around.high()[1], 1e-12);
    assertTrue(around.holds(1, 2));
    assertFalse(around.holds(1, 3));
    assertTrue(Double.isNaN(around.low()[0]));
    Band none = Band.of(Double.NaN);
    Band unknown = Interval.fit(none, new double[] {1}, Transform.NONE).around(Band.of(3));
    assertTrue(Double.isNaN(unknown.low()[0]));
  }

  /** A method that knows a season has no forecasts for a shop that is younger. */
  @Test
  void aSeriesWithFewErrorsHasTheIntervalsOfAll() {
    int windows = 30;
    double[] forecasts = new double[2 * windows];
    double[] actual = new double[2 * windows];
    Arrays.fill(forecasts, windows, 2 * windows - 3, Double.NaN);
    Arrays.setAll(actual, i -> i % 5);
    List<String> shops =
        IntStream.range(0, 2 * windows).mapToObj(i -> i < windows ? "old" : "young").toList();
    Bands bands = Bands.of(new double[][] {forecasts});
    Past past = new Past(bands, new double[][] {actual}, shops, ONE);
    Intervals intervals = Intervals.fit(past, List.of(Transform.NONE));
    assertEquals(Set.of("old"), intervals.ofSeries().keySet());
    Arrays.fill(forecasts, windows, 2 * windows, Double.NaN);
    Intervals none = Intervals.fit(past, List.of(Transform.NONE));
    Band around = none.around(Bands.of(new double[][] {{1}}), List.of("young"), ONE).output(0);
    assertTrue(around.low()[0] <= around.high()[0], around.toString());
  }

  /**
   * A shop that sells a thousand times as much says how wide a small one is, and by how much not.
   */
  @Test
  void errorsOfAllSeriesAreInUnitsOfEach() {
    int windows = 30;
    Map<String, Double> units = Map.of("large", 1000.0, "small", 1.0, "closed", 0.0);
    List<String> shops = new ArrayList<>();
    double[] actual = new double[2 * windows + 1];
    for (int i = 0; i < 2 * windows; i++) {
      shops.add(i < windows ? "large" : "closed");
      actual[i] = 1000 * (i % 5 - 2);
    }
    shops.add("small");
    Bands bands = Bands.of(new double[][] {new double[2 * windows + 1]});
    Past.Units ofSeries = (name, transforms) -> new double[] {units.get(name)};
    Past past = new Past(bands, new double[][] {actual}, shops, ofSeries);
    Intervals intervals = Intervals.fit(past, List.of(Transform.NONE));
    Bands two = Bands.of(new double[][] {{7, 7}});
    Band around = intervals.around(two, List.of("small", "closed"), ofSeries).output(0);
    assertEquals(5, around.low()[0], 1e-9);
    assertEquals(9, around.high()[0], 1e-9);
    // The closed shop has errors enough of its own, and a new one that is closed too has none.
    assertEquals(-1993, around.low()[1], 1e-9);
    Intervals shared = new Intervals(intervals.all(), Map.of(), true);
    Band closed = shared.around(two, List.of("closed", "closed"), ofSeries).output(0);
    assertEquals(7, closed.low()[0]);
    assertEquals(7, closed.high()[0]);
  }

  /** A method that was always too low before it was cut has errors of one sign. */
  @Test
  void whatIsExpectedIsNeverOutside() {
    SplittableRandom random = new SplittableRandom(5);
    double[] forecasts = random.doubles(ROWS, 10, 110).toArray();
    for (int sign : List.of(-1, 1)) {
      double[] actual = DoubleArrays.map(forecasts, f -> f + sign * random.nextDouble(3, 5));
      for (Transform transform : Transform.values()) {
        Band band = Band.of(forecasts);
        Band around = Interval.fit(band, actual, transform).around(band);
        for (int i = 0; i < ROWS; i++) {
          assertTrue(around.holds(i, forecasts[i]), transform + " " + forecasts[i]);
          assertTrue(around.low()[i] <= around.middle()[i]);
          assertTrue(around.middle()[i] <= around.high()[i]);
        }
        assertTrue(share(around, actual) >= 0.8, transform.toString());
      }
    }
  }

  @Test
  void pinballLossIsTheMeanOfThreeQuantiles() {
    Band band = new Band(new double[] {10}, new double[] {9}, new double[] {10}, new double[] {12});
    // Above all three: 0.1·(3 + 1), 0.5·3, 0.9·(3 − 2); below: 0.9·(5 − 1), 0.5·5, 0.1·(5 + 2).
    assertEquals((0.4 + 1.5 + 0.9) / 3, band.pinball(0, 13), 1e-12);
    assertEquals((3.6 + 2.5 + 0.7) / 3, band.pinball(0, 5), 1e-12);
  }
}
