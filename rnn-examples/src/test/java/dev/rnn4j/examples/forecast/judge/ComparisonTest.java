package dev.rnn4j.examples.forecast.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.forecast.internal.quantile.Band;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void aMethodOfFewRowsIsNotTheBest() {
    Map<String, Band> methods =
        Map.of(
            Comparison.NETWORK,
            Band.of(1.5, 2.5, 3.5),
            "persistence",
            Band.of(0, 1, 2),
            "drift",
            Band.of(-1, 0, 1),
            "same date last year",
            Band.of(Double.NaN, Double.NaN, 3));
    Comparison comparison =
        new Comparison(
            "v",
            1,
            List.of("a", "b", "c"),
            Optional.empty(),
            Optional.empty(),
            new double[] {1, 2, 3},
            methods,
            1);
    assertEquals(Optional.of("persistence"), comparison.best());
  }

  @Test
  void thereIsNoMaseWhereTheNaiveForecastHadNoError() {
    Score wrong = Score.of(Band.of(1, 2), new double[] {1, 3}, 0);
    assertEquals(0.5, wrong.mae());
    assertEquals(Double.NaN, wrong.mase());
    assertEquals(Double.NaN, Score.of(Band.of(1, 3), new double[] {1, 3}, 0).mase());
    assertEquals(0.25, Score.of(Band.of(1, 2), new double[] {1, 3}, 2).mase());
  }

  @Test
  void missingForecastsCountForNothing() {
    double[] actual = {9, 2, 3, 4, 5};
    double[] exact = {Double.NaN, 2, 3, 4, 5};
    Band band = new Band(new double[] {Double.NaN, 1, 2, 3, 4}, exact, exact, exact);
    Score score = Score.of(band, actual, 2);
    assertEquals(4, score.count());
    assertEquals(1, score.rmse(), 1e-12);
    assertEquals(0.5, score.mase(), 1e-12);
    assertEquals(0, score.pinball(), 1e-12);
    double[] none = {Double.NaN};
    Band unbounded = new Band(new double[] {3}, none, none, none);
    assertEquals(Double.NaN, Score.of(unbounded, new double[] {1}, 1).coverage());
  }
}
