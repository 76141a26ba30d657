package dev.rnn4j.examples.forecast.report;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.forecast.internal.quantile.Band;
import dev.rnn4j.report.ChartColumn;
import dev.rnn4j.report.Picture;
import dev.rnn4j.report.Readable;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The forecasts of the unseen rows as a picture; where there are many, the last ones once more from
 * close by. No screen is needed.
 */
public final class ForecastChart {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 430;
  private static final int LAST = 60;

  /** Up to so many rows, one chart shows them all. */
  private static final int ENOUGH = 90;

  private static final int TICK_DISTANCE = 130;
  private static final Color ACTUAL = new Color(0x333333);
  private static final Color NETWORK = new Color(0xd1495b);
  private static final Color BASELINE = new Color(0x5b8fb0);
  private static final Color INTERVAL = new Color(0xf0c4ca);

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.BOLD, 16);

  private ForecastChart() {}

  /**
   * Writes the picture as PNG.
   *
   * @throws IllegalStateException where Java cannot draw
   */
  public static void write(Comparison comparison, String source, OutputStream out)
      throws IOException {
    out.write(Picture.png(() -> draw(comparison, source)));
  }

  private static BufferedImage draw(Comparison comparison, String source) {
    int rows = comparison.size();
    String title =
        shown(comparison.target(), "the target")
            + " in "
            + shown(source, "the table")
            + ", rows not seen in training";
    List<XYChart> charts =
        rows <= ENOUGH
            ? List.of(close(comparison, title))
            : List.of(
                whole(comparison, title),
                close(comparison.last(LAST), "the last " + LAST + " of these rows"));
    return ChartColumn.paint(charts);
  }

  /** Returns a name, or another one where no font has its letters. */
  private static String shown(String name, String otherwise) {
    return FONT.canDisplayUpTo(name) < 0 ? name : otherwise;
  }

  private static XYChart whole(Comparison comparison, String title) {
    XYChart chart = chart(comparison, title);
    baseline(chart, comparison);
    line(chart, comparison, "actual", comparison.actual(), ACTUAL, 1.4f, SeriesMarkers.NONE);
    network(chart, comparison);
    return chart;
  }

  /** So few rows that each can be seen, with the best of what is simpler, and the interval. */
  private static XYChart close(Comparison comparison, String title) {
    XYChart chart = chart(comparison, title);
    interval(chart, comparison);
    baseline(chart, comparison);
    line(chart, comparison, "actual", comparison.actual(), ACTUAL, 1.8f, SeriesMarkers.CIRCLE);
    network(chart, comparison);
    return chart;
  }

  private static void baseline(XYChart chart, Comparison comparison) {
    comparison
        .best()
        .ifPresent(
            name -> {
              double[] forecasts = comparison.methods().get(name).point();
              line(chart, comparison, name, forecasts, BASELINE, 1.4f, SeriesMarkers.NONE);
            });
  }

  /** The bounds of the interval as two thin lines. */
  private static void interval(XYChart chart, Comparison comparison) {
    Band band = comparison.network();
    if (DoubleStream.of(band.low()).anyMatch(Double::isNaN)) {
      return;
    }
    bound(chart, comparison, "80 % interval", DoubleStream.of(band.low()), true);
    bound(chart, comparison, "above", DoubleStream.of(band.high()), false);
  }

  private static void bound(
      XYChart chart, Comparison comparison, String name, DoubleStream values, boolean legend) {
    XYSeries series =
        chart.addSeries(name, new ChartAxis(comparison).values(), values.boxed().toList());
    series.setLineColor(INTERVAL);
    series.setLineStyle(new BasicStroke(1.2f));
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(legend);
  }

  private static void network(XYChart chart, Comparison comparison) {
    String name = Comparison.NETWORK;
    double[] forecasts = comparison.methods().get(name).point();
    line(chart, comparison, name, forecasts, NETWORK, 1.8f, SeriesMarkers.NONE);
  }

  private static XYChart chart(Comparison comparison, String title) {
    ChartAxis axis = new ChartAxis(comparison);
    XYChart chart =
        new XYChartBuilder()
            .theme(ChartTheme.Matlab)
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(shown(comparison.target(), "the target"))
            .xAxisTitle(axis.title())
            .build();
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleFont(FONT);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setTimezone(TimeZone.getTimeZone(ZoneOffset.UTC));
    styler.setLocale(Locale.ROOT);
    styler.setDatePattern(axis.pattern());
    styler.setXAxisDecimalPattern(axis.title().isEmpty() ? "#" : "0.######");
    styler.setXAxisTickMarkSpacingHint(TICK_DISTANCE);
    return chart;
  }

  private static void line(
      XYChart chart,
      Comparison comparison,
      String name,
      double[] values,
      Color color,
      float width,
      Marker marker) {
    List<Double> y = DoubleStream.of(values).boxed().toList();
    XYSeries series =
        chart.addSeries(legend(comparison, name), new ChartAxis(comparison).values(), y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  private static String legend(Comparison comparison, String name) {
    if (name.equals("actual")) {
      return name;
    }
    double rmse = comparison.score(name).rmse();
    return name + " (RMSE " + Readable.of(rmse, 3) + ")";
  }
}
