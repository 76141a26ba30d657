package dev.rnn4j.examples.forecast;

import dev.rnn4j.table.Table;
import java.util.List;
import java.util.Optional;

/**
 * What was chosen from the known rows of a table.
 *
 * @param table with its dates read
 * @param origins where it is cut
 * @param periods the season of each target, if it has one
 * @param steady for each target, the transform after which its seasons are most alike, and so its
 *     errors
 * @param linear the choice of the linear model
 * @param network the choice of the network
 * @param parts the known rows at their origins
 */
record Choices(
    Table table,
    Origins origins,
    List<Optional<Integer>> periods,
    List<Transform> steady,
    LinearSearch linear,
    NetworkSearch network,
    List<Part> parts) {
  Task task() {
    return linear.task();
  }

  double ridge() {
    return linear.ridge();
  }

  /** Returns what a method forecast of known rows; of all that it learns from in a short table. */
  Past past(Baselines.Method method) {
    if (parts.isEmpty()) {
      Part all = origins.last(task(), table);
      return new Past(Bands.of(method.forecast(all, all.train())), all.actual(all.train()));
    }
    return Past.join(
        parts.stream()
            .map(
                part ->
                    new Past(
                        Bands.of(method.forecast(part, part.test())), part.actual(part.test())))
            .toList());
  }

  /**
   * Returns the mean squared error of persistence for each output on the known rows: what losses
   * are in units of.
   */
  static double[] units(Task task, Table table, Origins origins) {
    Table known = table.slice(origins.chosenBy());
    SeriesRows rows = SeriesRows.of(known, task.series());
    double[] units = new double[task.outputs()];
    for (int output = 0; output < units.length; output++) {
      double[] values = known.column(task.target(output).column());
      double[] later = rows.shifted(values, task.ahead(output));
      double[] squares = new double[values.length];
      java.util.Arrays.setAll(
          squares, row -> (later[row] - values[row]) * (later[row] - values[row]));
      double unit = DoubleArrays.mean(squares);
      units[output] = unit > 0 ? unit : 1;
    }
    return units;
  }
}
