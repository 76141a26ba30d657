package dev.rnn4j.examples.forecast;

import dev.rnn4j.io.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
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
 * The forecasts of the unseen rows as a picture: all of them above, the last ones below, where
 * persistence is shown too and single days can be told apart. No screen is needed.
 */
final class ForecastChart {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 430;
  private static final int LAST = 60;
  private static final int TICK_DISTANCE = 130;
  private static final Color ACTUAL = new Color(0x333333);
  private static final Color NETWORK = new Color(0xd1495b);
  private static final Color PERSISTENCE = new Color(0x9db4c0);

  private ForecastChart() {}

  /** Writes the picture as PNG. The file is there as a whole, or as it was before. */
  static void write(Comparison comparison, String source, Path file) throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    whole(comparison, source).paint(graphics, WIDTH, HEIGHT);
    graphics.translate(0, HEIGHT);
    last(comparison.last(LAST)).paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    AtomicFile.write(file, out -> ImageIO.write(picture, "png", out));
  }

  private static XYChart whole(Comparison comparison, String source) {
    XYChart chart =
        chart(comparison, comparison.target() + " in " + source + ", rows not seen in training");
    line(chart, comparison, "actual", comparison.actual(), ACTUAL, 1.4f, SeriesMarkers.NONE);
    network(chart, comparison, SeriesMarkers.NONE);
    return chart;
  }

  private static XYChart last(Comparison comparison) {
    XYChart chart = chart(comparison, "the last " + comparison.actual().length + " of these rows");
    persistence(chart, comparison);
    line(chart, comparison, "actual", comparison.actual(), ACTUAL, 1.8f, SeriesMarkers.CIRCLE);
    network(chart, comparison, SeriesMarkers.NONE);
    return chart;
  }

  private static void network(XYChart chart, Comparison comparison, Marker marker) {
    String name = Comparison.NETWORK;
    line(chart, comparison, name, comparison.methods().get(name), NETWORK, 1.8f, marker);
  }

  private static void persistence(XYChart chart, Comparison comparison) {
    String name = Comparison.PERSISTENCE;
    line(
        chart,
        comparison,
        name,
        comparison.methods().get(name),
        PERSISTENCE,
        1.4f,
        SeriesMarkers.NONE);
  }

  private static XYChart chart(Comparison comparison, String title) {
    XYChart chart =
        new XYChartBuilder()
            .theme(ChartTheme.Matlab)
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(comparison.target())
            .build();
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setTimezone(TimeZone.getTimeZone(ZoneOffset.UTC));
    styler.setLocale(Locale.ROOT);
    styler.setDatePattern(datePattern(comparison));
    styler.setXAxisTickMarkSpacingHint(TICK_DISTANCE);
    return chart;
  }

  /** As precise as the dates are. */
  private static String datePattern(Comparison comparison) {
    return switch (comparison.rows().get(0).length()) {
      case 4 -> "yyyy";
      case 7 -> "yyyy-MM";
      case 10 -> "yyyy-MM-dd";
      default -> "MM-dd HH:mm";
    };
  }

  private static void line(
      XYChart chart,
      Comparison comparison,
      String name,
      double[] values,
      Color color,
      float width,
      Marker marker) {
    List<?> x =
        comparison
            .dates()
            .<List<?>>map(
                dates ->
                    dates.stream().map(date -> Date.from(date.toInstant(ZoneOffset.UTC))).toList())
            .orElse(null);
    List<Double> y = DoubleStream.of(values).boxed().toList();
    XYSeries series = chart.addSeries(legend(comparison, name, values), x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  private static String legend(Comparison comparison, String name, double[] values) {
    return name.equals("actual")
        ? name
        : String.format(
            Locale.ROOT, "%s (RMSE %.3g)", name, Score.of(values, comparison.actual()).rmse());
  }
}
