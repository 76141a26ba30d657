package dev.rnn4j.report;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the charts of a history. */
final class HistoryCharts {
  private static final Color TRAINING = new Color(0x1f77b4);
  private static final Color VALIDATION = new Color(0xff7f0e);
  private static final Color BEST = new Color(0x2ca02c);
  private static final Color NORM = new Color(0x7f7f7f);

  private HistoryCharts() {}

  static BufferedImage draw(History history) {
    Axis axis = Axis.of(history);
    List<XYChart> charts = new ArrayList<>();
    charts.add(losses(history, axis));
    Set<String> metrics = new LinkedHashSet<>();
    history.validations().forEach(look -> metrics.addAll(look.metrics().keySet()));
    metrics.forEach(name -> charts.add(metric(history, axis, name)));
    charts.add(norms(history, axis));
    return ChartColumn.paint(charts);
  }

  /** What points lie over: epochs, or updates where no epoch has ended or looks came within. */
  private record Axis(boolean inEpochs, Map<Integer, Long> ends) {
    static Axis of(History history) {
      Map<Integer, Long> ends = new HashMap<>();
      history.updates().forEach(update -> ends.merge(update.epoch(), 1L, Long::sum));
      long end = 0;
      for (EpochResult epoch : history.epochs()) {
        end += ends.get(epoch.epoch());
        ends.put(epoch.epoch(), end);
      }
      boolean within =
          history.validations().stream()
              .anyMatch(look -> ends.getOrDefault(look.epoch(), -1L) != look.updates());
      return new Axis(!history.epochs().isEmpty() && !within, ends);
    }

    String name() {
      return inEpochs ? "epoch" : "update";
    }

    double at(EpochResult epoch) {
      return inEpochs ? epoch.epoch() : ends.get(epoch.epoch());
    }

    double at(ValidationResult look) {
      return inEpochs ? look.epoch() : look.updates();
    }
  }

  private static XYChart losses(History history, Axis axis) {
    XYChart chart = Charts.chart("Loss", axis.name(), "loss", Charts.TALL);
    List<EpochResult> epochs = history.epochs();
    if (epochs.isEmpty()) {
      line(
          chart, "training", TRAINING, history.updates(), UpdateResult::update, UpdateResult::loss);
    } else {
      line(chart, "training", TRAINING, epochs, axis::at, EpochResult::loss);
    }
    List<Point> judged = judged(history, axis);
    if (!judged.isEmpty()) {
      line(chart, "validation", VALIDATION, judged, Point::x, Point::y);
      judged.stream()
          .filter(Point::best)
          .reduce((earlier, later) -> later)
          .ifPresent(
              best ->
                  line(
                          chart,
                          "best: " + axis.name() + " " + (long) best.x,
                          BEST,
                          List.of(best),
                          Point::x,
                          Point::y)
                      .setMarker(SeriesMarkers.CIRCLE));
    }
    return Charts.finished(chart);
  }

  /** A look at the validation data. */
  private record Point(double x, double y, boolean best) {}

  /** Returns what was judged: the looks, or of a history without any the epochs that say so. */
  private static List<Point> judged(History history, Axis axis) {
    if (!history.validations().isEmpty()) {
      return history.validations().stream()
          .map(look -> new Point(axis.at(look), look.loss(), look.best()))
          .toList();
    }
    return history.epochs().stream()
        .filter(epoch -> !Double.isNaN(epoch.validationLoss()))
        .map(epoch -> new Point(axis.at(epoch), epoch.validationLoss(), epoch.best()))
        .toList();
  }

  private static XYChart metric(History history, Axis axis, String name) {
    XYChart chart = Charts.chart(name, axis.name(), name, Charts.LOW);
    List<ValidationResult> looks =
        history.validations().stream().filter(look -> look.metrics().containsKey(name)).toList();
    line(chart, name, VALIDATION, looks, axis::at, look -> look.metrics().get(name));
    chart.getStyler().setLegendVisible(false);
    return Charts.finished(chart);
  }

  private static XYChart norms(History history, Axis axis) {
    boolean inEpochs = !history.epochs().isEmpty();
    XYChart chart =
        Charts.chart(
            "Norm of the gradient", axis.name(), inEpochs ? "mean norm" : "norm", Charts.LOW);
    if (inEpochs) {
      line(chart, "norm", NORM, history.epochs(), axis::at, EpochResult::gradientNorm);
    } else {
      line(
          chart, "norm", NORM, history.updates(), UpdateResult::update, UpdateResult::gradientNorm);
    }
    chart.getStyler().setLegendVisible(false);
    return Charts.finished(chart);
  }

  private static <T> XYSeries line(
      XYChart chart,
      String name,
      Color color,
      List<T> rows,
      ToDoubleFunction<T> x,
      ToDoubleFunction<T> y) {
    return Charts.line(
        chart,
        name,
        color,
        rows.stream().mapToDouble(x).toArray(),
        rows.stream().mapToDouble(y).toArray());
  }
}
