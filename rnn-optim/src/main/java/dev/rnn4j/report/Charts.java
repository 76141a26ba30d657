package dev.rnn4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all charts look. */
final class Charts {
  static final int WIDTH = 960;
  static final int TALL = 420;
  static final int LOW = 240;

  /** From this ratio of largest to smallest value on, a logarithmic axis shows more. */
  private static final double WIDE = 30;

  /** It shows no more than this ratio. */
  private static final double DEEP = 1e8;

  /** So many points have a tick each. */
  private static final int FEW = 12;

  private static final double[] NONE = {Double.NaN};

  /** Ticks are sums of steps, which are exact to so many digits. */
  private static final int DIGITS = 9;

  /** Powers of ten from 10⁻⁴ to 10⁵ are written out. */
  private static final int SMALL = 4;

  private static final int LARGE = 6;

  private Charts() {}

  static XYChart chart(String title, String x, String y, int height) {
    XYChart chart =
        new XYChartBuilder()
            .theme(ChartTheme.Matlab)
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setLocale(Locale.ROOT);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setXAxisTickMarkSpacingHint(90);
    chart.getStyler().setYAxisTickMarkSpacingHint(40);
    return chart;
  }

  /** Returns the number at a tick: 0.05, where the library writes .05 below 0.1. */
  static String label(double tick) {
    BigDecimal number = new BigDecimal(tick).round(new MathContext(DIGITS)).stripTrailingZeros();
    int exponent = number.precision() - number.scale() - 1;
    return exponent < -SMALL || exponent >= LARGE ? number.toString() : number.toPlainString();
  }

  static XYSeries line(XYChart chart, String name, Color color, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x.length == 0 ? NONE : x, y.length == 0 ? NONE : y);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineStyle(new BasicStroke(1.8f));
    // A single point makes no line.
    series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    return series;
  }

  /** Lets the vertical axis be logarithmic where that shows more, and ticks be round. */
  static XYChart finished(XYChart chart) {
    scaled(chart);
    keepTicksRound(chart);
    return chart;
  }

  static void scaled(XYChart chart) {
    double[] values =
        chart.getSeriesMap().values().stream()
            .flatMapToDouble(series -> DoubleStream.of(series.getYData()))
            .filter(Double::isFinite)
            .toArray();
    double largest = DoubleStream.of(values).max().orElse(0);
    double smallest = Math.max(DoubleStream.of(values).min().orElse(0), largest / DEEP);
    boolean positive = DoubleStream.of(values).allMatch(value -> value > 0);
    if (positive && largest > smallest * WIDE) {
      chart.getStyler().setYAxisLogarithmic(true);
      chart.getStyler().setYAxisMin(smallest);
    } else {
      // With such a function, the library takes every axis for a linear one.
      chart.getStyler().setyAxisTickLabelsFormattingFunction(Charts::label);
    }
  }

  /**
   * Adds an unseen point between the others: where all lie in equal distances, the library puts the
   * ticks on some of them, be they 0, 137 and 274.
   */
  private static void keepTicksRound(XYChart chart) {
    XYSeries first = chart.getSeriesMap().values().iterator().next();
    if (first.getXData().length > FEW) {
      double[] x = {first.getXData()[0] + 0.3};
      double[] y = {first.getYData()[0]};
      XYSeries unseen = chart.addSeries("unseen", x, y);
      unseen.setMarker(SeriesMarkers.NONE);
      unseen.setShowInLegend(false);
    }
  }
}
