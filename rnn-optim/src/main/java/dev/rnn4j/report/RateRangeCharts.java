package dev.rnn4j.report;

import dev.rnn4j.train.RateRange;
import dev.rnn4j.train.RateRange.Point;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the chart of a range test. */
final class RateRangeCharts {
  private static final Color LOSS = new Color(0xc7c7c7);
  private static final Color SMOOTHED = new Color(0x1f77b4);
  private static final Color SUGGESTED = new Color(0x2ca02c);

  private RateRangeCharts() {}

  static BufferedImage draw(RateRange range) {
    XYChart chart = Charts.chart("Learning-rate range test", "learning rate", "loss", Charts.TALL);
    chart.getStyler().setXAxisLogarithmic(true);
    double[] rates = of(range, Point::rate);
    Charts.line(chart, "loss", LOSS, rates, of(range, Point::loss));
    Charts.line(chart, "smoothed", SMOOTHED, rates, of(range, Point::smoothed));
    double suggestion = range.suggestion();
    for (Point point : range.points()) {
      if (point.rate() == suggestion) {
        String name = String.format(Locale.ROOT, "falls most steeply: %.2g", suggestion);
        double[] rate = {suggestion};
        double[] loss = {point.smoothed()};
        Charts.line(chart, name, SUGGESTED, rate, loss).setMarker(SeriesMarkers.CIRCLE);
      }
    }
    Charts.scaled(chart);
    return ChartColumn.paint(List.of(chart));
  }

  private static double[] of(RateRange range, ToDoubleFunction<Point> value) {
    return range.points().stream().mapToDouble(value).toArray();
  }
}
