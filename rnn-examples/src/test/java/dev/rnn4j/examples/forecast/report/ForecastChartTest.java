package dev.rnn4j.examples.forecast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.method.Baselines;
import dev.rnn4j.forecast.internal.quantile.Band;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ForecastChartTest {
  /** The last lines of the picture in which there are marks of the axis, above the legend. */
  private static final int AXIS_FROM = 374;

  private static final int AXIS_TO = 392;

  private static Comparison comparison(Duration step) {
    LocalDateTime first = LocalDateTime.of(2024, 3, 1, 11, 20);
    List<LocalDateTime> dates =
        IntStream.range(0, 8).mapToObj(row -> first.plus(step.multipliedBy(row))).toList();
    double[] values = {1, 2, 3, 4, 5, 4, 3, 2};
    return new Comparison(
        "v",
        1,
        dates.stream().map(LocalDateTime::toString).toList(),
        Optional.of(dates),
        Optional.empty(),
        values,
        Map.of(Comparison.NETWORK, Band.of(values), Baselines.PERSISTENCE, Band.of(values)),
        1);
  }

  @Test
  void axesSayWhenWhateverTheStep() throws IOException {
    for (Duration step :
        List.of(
            Duration.ofNanos(40_000),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofDays(30))) {
      assertTrue(darkColumns(comparison(step)) > 100, step.toString());
    }
  }

  @Test
  void whatIsShortIsCountedInSeconds() {
    Comparison halves = comparison(Duration.ofMillis(500));
    assertEquals("seconds after 2024-03-01T11:20", new ChartAxis(halves).title());
    assertEquals(List.of(0.0, 0.5, 1.0), new ChartAxis(halves).values().subList(0, 3));
    Comparison minutes = comparison(Duration.ofMinutes(1));
    assertEquals("", new ChartAxis(minutes).title());
    assertEquals("HH:mm:ss", new ChartAxis(minutes).pattern());
    assertEquals("MM-dd HH:mm", new ChartAxis(comparison(Duration.ofHours(6))).pattern());
  }

  private static int darkColumns(Comparison comparison) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ForecastChart.write(comparison, "t.csv", png);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    return (int)
        IntStream.range(0, picture.getWidth())
            .filter(
                x ->
                    IntStream.range(AXIS_FROM, AXIS_TO)
                        .anyMatch(y -> (picture.getRGB(x, y) & 0xFF) < 128))
            .count();
  }
}
