package dev.rnn4j.examples.forecast.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
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
    assertEquals(Optional.of(period), Period.of(season(period, 12 * period, 0.3, 2), List.of()));
  }

  @Test
  void missingValuesHideNoSeason() {
    double[] values = season(12, 240, 0.1, 0.5);
    Arrays.fill(values, 50, 53, Double.NaN);
    values[120] = Double.NaN;
    assertEquals(Optional.of(12), Period.of(values, List.of()));
  }

  @Test
  void whereThereIsNoneNoneIsFound() {
    SplittableRandom random = new SplittableRandom(1);
    assertEquals(Optional.empty(), Period.of(random.doubles(500, -1, 1).toArray(), List.of()));
    assertEquals(
        Optional.empty(),
        Period.of(IntStream.range(0, 100).mapToDouble(row -> 3 * row).toArray(), List.of()));
    assertEquals(Optional.empty(), Period.of(new double[] {1, 2}, List.of()));
    assertEquals(
        Optional.empty(), Period.of(new double[] {Double.NaN, Double.NaN, Double.NaN}, List.of()));
  }

  /** Days within a slow wave, whose correlation is above 0 for very long. */
  @Test
  void aSlowWaveHidesNoSeason() {
    double[] values =
        IntStream.range(0, 4000)
            .mapToDouble(
                row ->
                    10 * Math.sin(2 * Math.PI * row / 4000) + 8 * Math.sin(2 * Math.PI * row / 24))
            .toArray();
    assertEquals(Optional.of(24), Period.of(values, List.of()));
    assertEquals(Optional.of(24), Period.of(values, List.of(24, 168)));
  }

  /** What swings within four years makes the fourth year a little more like the first. */
  @Test
  void aYearIsPreferredToSeveral() {
    double[] values =
        IntStream.range(0, 600)
            .mapToDouble(
                row -> 10 * Math.sin(2 * Math.PI * row / 12) + 4 * Math.sin(2 * Math.PI * row / 48))
            .toArray();
    assertEquals(Optional.of(48), Period.of(values, List.of()));
    assertEquals(Optional.of(12), Period.of(values, List.of(12)));
  }

  @Test
  void aPeriodNearAYearIsAYear() {
    assertEquals(Optional.of(365), Period.of(season(360, 2000, 0, 2), List.of(7, 365)));
  }
}
