package dev.rnn4j.report;

import dev.rnn4j.train.Diagnosis;
import dev.rnn4j.train.Diagnosis.Flow;
import dev.rnn4j.train.Diagnosis.Gate;
import dev.rnn4j.train.Diagnosis.Size;
import dev.rnn4j.train.Diagnostics.Look;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws the charts of diagnostics. */
final class DiagnosticsCharts {
  private static final int[] COLORS = {
    0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22,
    0x17becf
  };

  /** A chart shows no more lines: those that say most. */
  private static final int LINES = 8;

  private static final int HEIGHT = 330;

  private DiagnosticsCharts() {}

  static BufferedImage draw(List<Look> looks) {
    List<XYChart> charts = new ArrayList<>();
    Diagnosis last = looks.get(looks.size() - 1).diagnosis();
    if (last.flows().stream().anyMatch(flow -> flow.norms().size() > 1)) {
      charts.add(flows(looks));
    }
    if (!last.gates().isEmpty()) {
      charts.add(
          overUpdates(
              "Saturated gates",
              "part of values",
              looks,
              Diagnosis::gates,
              Gate::name,
              Gate::saturated));
    }
    boolean anyDead =
        looks.stream()
            .flatMap(look -> look.diagnosis().gates().stream())
            .anyMatch(gate -> gate.dead() > 0);
    if (anyDead) {
      charts.add(
          overUpdates("Dead units", "units", looks, Diagnosis::gates, Gate::name, Gate::dead));
    }
    charts.add(
        overUpdates(
            "Gradients of parameters",
            "norm",
            looks,
            Diagnosis::parameters,
            Size::path,
            Size::gradientNorm));
    return ChartColumn.paint(charts);
  }

  /** Returns a chart with room for long names. */
  private static XYChart chart(String title, String x, String y) {
    XYChart chart = Charts.chart(title, x, y, HEIGHT);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setLegendLayout(LegendLayout.Vertical);
    return chart;
  }

  private static XYChart flows(List<Look> looks) {
    XYChart chart = chart("Gradient of states", "time step", "norm");
    Look first = looks.get(0);
    Look last = looks.get(looks.size() - 1);
    int lines = 0;
    for (Look look : first == last ? List.of(first) : List.of(first, last)) {
      for (Flow flow : look.diagnosis().flows()) {
        if (lines < LINES) {
          Charts.line(
              chart,
              flow.state() + ", update " + look.updates(),
              new Color(COLORS[lines++]),
              IntStream.range(0, flow.norms().size()).asDoubleStream().toArray(),
              flow.norms().stream().mapToDouble(Double::doubleValue).toArray());
        }
      }
    }
    return Charts.finished(chart);
  }

  /** What a diagnosis has several of. */
  private interface Several<T> {
    List<T> of(Diagnosis diagnosis);
  }

  /** What they are called. */
  private interface Name<T> {
    String of(T one);
  }

  /** Draws a line for each of the things whose values change most. */
  private static <T> XYChart overUpdates(
      String title,
      String y,
      List<Look> looks,
      Several<T> several,
      Name<T> name,
      ToDoubleFunction<T> value) {
    XYChart chart = chart(title, "update", y);
    double[] updates = looks.stream().mapToDouble(Look::updates).toArray();
    List<T> all = several.of(looks.get(0).diagnosis());
    List<double[]> values =
        IntStream.range(0, all.size())
            .mapToObj(
                i ->
                    looks.stream()
                        .mapToDouble(
                            look -> value.applyAsDouble(several.of(look.diagnosis()).get(i)))
                        .toArray())
            .toList();
    List<Integer> order =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -values.get(i)[looks.size() - 1]))
            .limit(LINES)
            .toList();
    for (int line = 0; line < order.size(); line++) {
      int i = order.get(line);
      Charts.line(chart, name.of(all.get(i)), new Color(COLORS[line]), updates, values.get(i));
    }
    return Charts.finished(chart);
  }
}
