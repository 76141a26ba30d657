package dev.rnn4j.examples.forecast.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.examples.forecast.quantile.Band;
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
}
