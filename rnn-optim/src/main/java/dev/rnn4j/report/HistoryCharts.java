package dev.rnn4j.report;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the charts of a history. */
final class HistoryCharts {
  private static final int WIDTH = 960;
  private static final int LOSS_HEIGHT = 420;
  private static final int NORM_HEIGHT = 240;
  private static final Color TRAINING = new Color(0x1f77b4);
  private static final Color VALIDATION = new Color(0xff7f0e);
  private static final Color BEST = new Color(0x2ca02c);
  private static final Color NORM = new Color(0x7f7f7f);

  /** From this ratio of largest to smallest value on, a logarithmic axis shows more. */
  private static final double WIDE = 30;

  /** It shows no more than this ratio. */
  private static final double DEEP = 1e8;

  /** So many points have a tick each. */
  private static final int FEW = 12;

  private HistoryCharts() {}

  static BufferedImage draw(History history) {
    BufferedImage picture =
        new BufferedImage(WIDTH, LOSS_HEIGHT + NORM_HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    losses(history).paint(graphics, WIDTH, LOSS_HEIGHT);
    graphics.translate(0, LOSS_HEIGHT);
    norms(history).paint(graphics, WIDTH, NORM_HEIGHT);
    graphics.dispose();
    return picture;
  }

  private static XYChart losses(History history) {
    List<EpochResult> epochs = history.epochs();
    if (epochs.isEmpty()) {
      XYChart chart = chart("Loss", "update", "loss", LOSS_HEIGHT);
      line(
          chart, "training", TRAINING, history.updates(), UpdateResult::update, UpdateResult::loss);
      return finished(chart);
    }
    XYChart chart = chart("Loss", "epoch", "loss", LOSS_HEIGHT);
    line(chart, "training", TRAINING, epochs, EpochResult::epoch, EpochResult::loss);
    List<EpochResult> judged =
        epochs.stream().filter(epoch -> !Double.isNaN(epoch.validationLoss())).toList();
    if (!judged.isEmpty()) {
      ToDoubleFunction<EpochResult> loss = EpochResult::validationLoss;
      line(chart, "validation", VALIDATION, judged, EpochResult::epoch, loss);
      history
          .best()
          .ifPresent(
              best ->
                  line(
                          chart,
                          "best: epoch " + best.epoch(),
                          BEST,
                          List.of(best),
                          EpochResult::epoch,
                          loss)
                      .setMarker(SeriesMarkers.CIRCLE));
    }
    return finished(chart);
  }

  private static XYChart norms(History history) {
    XYChart chart;
    if (history.epochs().isEmpty()) {
      chart = chart("Norm of the gradient", "update", "norm", NORM_HEIGHT);
      line(
          chart, "norm", NORM, history.updates(), UpdateResult::update, UpdateResult::gradientNorm);
    } else {
      chart = chart("Norm of the gradient", "epoch", "mean norm", NORM_HEIGHT);
      line(chart, "norm", NORM, history.epochs(), EpochResult::epoch, EpochResult::gradientNorm);
    }
    chart.getStyler().setLegendVisible(false);
    return finished(chart);
  }

  private static XYChart chart(String title, String x, String y, int height) {
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

  private static <T> XYSeries line(
      XYChart chart,
      String name,
      Color color,
      List<T> rows,
      ToDoubleFunction<T> x,
      ToDoubleFunction<T> y) {
    XYSeries series =
        chart.addSeries(
            name, rows.stream().mapToDouble(x).toArray(), rows.stream().mapToDouble(y).toArray());
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineStyle(new BasicStroke(1.8f));
    // A single point makes no line.
    series.setMarker(rows.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    return series;
  }

  private static XYChart finished(XYChart chart) {
    double[] values =
        chart.getSeriesMap().values().stream()
            .flatMapToDouble(series -> DoubleStream.of(series.getYData()))
            .toArray();
    double largest = DoubleStream.of(values).max().orElse(0);
    double smallest = Math.max(DoubleStream.of(values).min().orElse(0), largest / DEEP);
    boolean positive = DoubleStream.of(values).allMatch(value -> value > 0);
    if (positive && largest > smallest * WIDE) {
      chart.getStyler().setYAxisLogarithmic(true);
      chart.getStyler().setYAxisMin(smallest);
    }
    keepTicksRound(chart);
    return chart;
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
