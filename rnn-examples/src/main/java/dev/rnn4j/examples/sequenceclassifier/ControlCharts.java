package dev.rnn4j.examples.sequenceclassifier;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Synthetic control charts of six kinds, 60 steps each (Alcock and Manolopoulos, "Time-series
 * similarity queries employing a feature-based approach", 1999): 30 + 2·noise with noise from −3 to
 * 3, either alone or with a cycle, a trend up or down, or a shift up or down.
 */
final class ControlCharts {
  private static final int STEPS = 60;
  private static final List<String> KINDS =
      List.of("normal", "cyclic", "increasing", "decreasing", "upward", "downward");

  private ControlCharts() {}

  /** Draws so many charts of each kind. */
  static Labelled draw(int each, RandomGenerator random) {
    List<double[][]> charts = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (int kind = 0; kind < KINDS.size(); kind++) {
        charts.add(chart(kind, random));
        labels.add(kind);
      }
    }
    return new Labelled(charts, labels, KINDS);
  }

  private static double[][] chart(int kind, RandomGenerator random) {
    double amplitude = random.nextDouble(10, 15);
    double period = random.nextDouble(10, 15);
    double slope = random.nextDouble(0.2, 0.5);
    double shift = random.nextDouble(7.5, 20);
    int at = random.nextInt(STEPS / 3, 2 * STEPS / 3);
    double[][] chart = new double[STEPS][1];
    for (int t = 0; t < STEPS; t++) {
      double noise = 2 * random.nextDouble(-3, 3);
      double shape =
          switch (kind) {
            case 1 -> amplitude * Math.sin(2 * Math.PI * (t + 1) / period);
            case 2 -> slope * (t + 1);
            case 3 -> -slope * (t + 1);
            case 4 -> t >= at ? shift : 0;
            case 5 -> t >= at ? -shift : 0;
            default -> 0;
          };
      chart[t][0] = 30 + noise + shape;
    }
    return chart;
  }
}
