package dev.rnn4j.examples.forecast.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  private static double[] season(int period, int rows, double slope, double noise) {
    SplittableRandom random = new SplittableRandom(period);
    return IntStream.range(0, rows)
        .mapToDouble(
            row ->
                10 * Math.sin(2 * Math.PI * row / period)
                    + 4 * Math.cos(4 * Math.PI * row / period)
                    + slope * row
                    + noise * random.nextDouble(-1, 1))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 12, 24, 52})
  void isFoundUnderATrendAndNoise(int period) {
    assertEquals(Optional.of(period), Period.of(season(period, 12 * period, 0.3, 2)));
  }

  @Test
  void missingValuesHideNoSeason() {
    double[] values = season(12, 240, 0.1, 0.5);
    Arrays.fill(values, 50, 53, Double.NaN);
    values[120] = Double.NaN;
    assertEquals(Optional.of(12), Period.of(values));
  }

  @Test
  void whereThereIsNoneNoneIsFound() {
    SplittableRandom random = new SplittableRandom(1);
    assertEquals(Optional.empty(), Period.of(random.doubles(500, -1, 1).toArray()));
    assertEquals(
        Optional.empty(), Period.of(IntStream.range(0, 100).mapToDouble(row -> 3 * row).toArray()));
    assertEquals(Optional.empty(), Period.of(new double[] {1, 2}));
    assertEquals(Optional.empty(), Period.of(new double[] {Double.NaN, Double.NaN, Double.NaN}));
  }
}
