package dev.rnn4j.forecast.internal.prepare;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Target;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.window.Windows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The way from a table to what a network reads, and from what it says to a forecast. Of several
 * series, each is scaled by its own mean and deviation, so that a large shop and a small one are
 * alike to the network; one of which too few values are known is scaled as all of them together.
 * Where a target always changes by the same, the scale of its changes is 0: whatever the network
 * says, the series goes on so.
 *
 * @param task what is forecast
 * @param all the scaler of the numbers that are read, and of the changes, of all rows together
 * @param ofSeries those of series, by their names
 */
public record Scaling(Task task, StandardScaler all, Map<String, StandardScaler> ofSeries) {
  /** With fewer values of a column, or a change less, a series has no deviation of its own. */
  private static final int FEWEST = 10;

  /** One change alone is no rule. */
  private static final int FEWEST_CHANGES = 2;

  /** Changes that differ by less than this share of the level are the same but for rounding. */
  private static final double ROUNDING = 1e-12;

  public Scaling {
    ofSeries = ImmutableMap.copyOf(ofSeries);
  }

  /** Fits the scalers on some rows. */
  public static Scaling fit(Task task, Table prepared, Rows rows) {
    Table known = prepared.slice(rows);
    String[] columns = task.scaledColumns().toArray(String[]::new);
    return new Scaling(task, StandardScaler.fit(known, columns), Map.of()).including(known);
  }

  /**
   * Returns this scaling with the series of a prepared table that it does not know yet, and with
   * what the table says of those of which it knew only that they do not vary.
   */
  public Scaling including(Table prepared) {
    if (task.series().isEmpty()) {
      return this;
    }
    Map<String, StandardScaler> more = new LinkedHashMap<>(ofSeries);
    List<String> names = prepared.text(task.series().get());
    double[][] columns = all.columns().stream().map(prepared::column).toArray(double[][]::new);
    for (int[] rows : SeriesRows.of(prepared, task.series()).all()) {
      String name = names.get(rows[0]);
      boolean isShort = more.containsKey(name) && isShort(more.get(name));
      if (isShort && sayOtherwise(columns, rows)) {
        more.remove(name);
      }
      if (isShort || !more.containsKey(name)) {
        own(columns, rows).ifPresent(scaler -> more.put(name, scaler));
      }
    }
    return new Scaling(task, all, more);
  }

  /**
   * An input that is always the same in a series is as wide as in all of them together, and a
   * change of a target has no width.
   */
  private Optional<StandardScaler> own(double[][] columns, int[] rows) {
    double[] mean = new double[columns.length];
    double[] scale = all.scale();
    for (int column = 0; column < columns.length; column++) {
      int output = task.changes().indexOf(all.columns().get(column));
      double[] known = known(columns[column], rows);
      if (known.length < (output < 0 ? FEWEST : FEWEST - 1)) {
        return unvarying(columns, rows);
      }
      StandardScaler own =
          StandardScaler.fit(Table.of(Arrays.stream(known).mapToObj(v -> new double[] {v})));
      mean[column] = own.mean()[0];
      if (output >= 0 && isSame(known, columns[level(output)], rows)) {
        scale[column] = 0;
      } else if (known[0] < known[known.length - 1]) {
        scale[column] = own.scale()[0];
      }
    }
    return Optional.of(scaler(mean, scale));
  }

  /** Of a short series, the changes that are always the same are known, and nothing else. */
  private Optional<StandardScaler> unvarying(double[][] columns, int[] rows) {
    double[] mean = all.mean();
    double[] scale = all.scale();
    for (int output = 0; output < task.outputs(); output++) {
      double[] known = known(columns[change(output)], rows);
      if (known.length >= FEWEST_CHANGES && isSame(known, columns[level(output)], rows)) {
        mean[change(output)] = DoubleArrays.mean(known);
        scale[change(output)] = 0;
      }
    }
    return DoubleStream.of(scale).anyMatch(one -> one == 0)
        ? Optional.of(scaler(mean, scale))
        : Optional.empty();
  }

  /** Of a short series it is known that it does not vary, and it has the levels of all together. */
  private boolean isShort(StandardScaler ofOne) {
    return DoubleStream.of(ofOne.scale()).anyMatch(one -> one == 0)
        && IntStream.range(0, task.outputs())
            .map(this::level)
            .allMatch(
                place ->
                    ofOne.mean()[place] == all.mean()[place]
                        && ofOne.scale()[place] == all.scale()[place]);
  }

  /** Returns whether rows are enough to see a series vary. */
  private boolean sayOtherwise(double[][] columns, int[] rows) {
    return IntStream.range(0, task.outputs())
        .anyMatch(output -> known(columns[change(output)], rows).length >= FEWEST_CHANGES);
  }

  private static double[] known(double[] values, int[] rows) {
    return DoubleArrays.sorted(IntStream.of(rows).mapToDouble(row -> values[row]).toArray());
  }

  private StandardScaler scaler(double[] mean, double[] scale) {
    return StandardScaler.fromTensors(
        all.columns(), Map.of("mean", Tensor.of(mean), "scale", Tensor.of(scale)));
  }

  private int change(int output) {
    return all.columns().indexOf(task.changes().get(output));
  }

  /** Returns the place of the column that an output is a change of. */
  private int level(int output) {
    return all.columns().indexOf(task.level(task.target(output)));
  }

  private static boolean isSame(double[] sorted, double[] levels, int[] rows) {
    double largest =
        IntStream.of(rows)
            .mapToDouble(row -> Math.abs(levels[row]))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return sorted[sorted.length - 1] - sorted[0] <= ROUNDING * largest;
  }

  /**
   * Returns by how much a target changes from row to row, of each series in which that is always
   * the same.
   */
  public Map<String, Double> unvarying(Target target) {
    int column = change(task.targets().indexOf(target) * task.horizon());
    Map<String, Double> changes = new LinkedHashMap<>();
    ofSeries.forEach(
        (name, scaler) -> {
          if (scaler.scale()[column] == 0) {
            changes.put(name, scaler.mean()[column]);
          }
        });
    return changes;
  }

  /**
   * Returns a scaled table without what there is nothing to learn from: the changes of series in
   * which every target always changes by the same.
   */
  public Table learnable(Table scaled) {
    Set<String> unvarying = new HashSet<>(ofSeries.keySet());
    task.targets().forEach(target -> unvarying.retainAll(unvarying(target).keySet()));
    if (unvarying.isEmpty()) {
      return scaled;
    }
    List<String> names = scaled.text(task.series().orElseThrow());
    if (unvarying.containsAll(names)) {
      return scaled;
    }
    Table rest = scaled;
    for (String change : task.changes()) {
      double[] values = rest.column(change);
      Arrays.setAll(values, row -> unvarying.contains(names.get(row)) ? Double.NaN : values[row]);
      rest = rest.with(change, values);
    }
    return rest;
  }

  /**
   * Returns how large the changes of each output of a series are, one deviation at its mean level,
   * where values are transformed.
   *
   * @param transforms one for each output
   */
  public double[] units(String series, List<Transform> transforms) {
    StandardScaler scaler = of(series);
    double[] units = new double[task.outputs()];
    for (int output = 0; output < units.length; output++) {
      Transform back = task.target(output).transform();
      double mean = scaler.mean()[level(output)];
      double scale = scaler.scale()[change(output)];
      Transform transform = transforms.get(output);
      units[output] =
          (transform.apply(back.inverse(mean + scale))
                  - transform.apply(back.inverse(mean - scale)))
              / 2;
    }
    return units;
  }

  /** Returns a prepared table with scaled columns. */
  public Table apply(Table prepared) {
    if (task.series().isEmpty()) {
      return all.transform(prepared);
    }
    List<String> names = prepared.text(task.series().get());
    double[][] columns = all.columns().stream().map(prepared::column).toArray(double[][]::new);
    for (int[] rows : SeriesRows.of(prepared, task.series()).all()) {
      StandardScaler scaler = of(names.get(rows[0]));
      double[] mean = scaler.mean();
      double[] scale = scaler.scale();
      for (int column = 0; column < columns.length; column++) {
        double unit = scale[column] == 0 ? 1 : scale[column];
        for (int row : rows) {
          columns[column][row] = (columns[column][row] - mean[column]) / unit;
        }
      }
    }
    Table scaled = prepared;
    for (int column = 0; column < columns.length; column++) {
      scaled = scaled.with(all.columns().get(column), columns[column]);
    }
    return scaled;
  }

  /** Returns the name of the series of each window, none where there is one alone. */
  public List<String> series(Table prepared, Windows windows) {
    return task.series()
        .map(prepared::text)
        .map(names -> IntStream.of(last(windows)).mapToObj(names::get).toList())
        .orElse(List.of());
  }

  private int[] last(Windows windows) {
    return IntStream.range(0, windows.size())
        .map(window -> windows.inputRows(window)[task.window() - 1])
        .toArray();
  }

  private StandardScaler of(String series) {
    return ofSeries.getOrDefault(series, all);
  }

  /**
   * Returns values of the targets: the last one in each window, and the change.
   *
   * @param prepared not scaled
   * @param windows over the scaled table
   * @param scaledChanges one for each output and window: {@code [K·H][N]}
   */
  public double[][] values(Table prepared, Windows windows, double[][] scaledChanges) {
    double[][] values = new double[scaledChanges.length][windows.size()];
    int[] last = last(windows);
    for (int output = 0; output < values.length; output++) {
      Target target = task.target(output);
      double[] levels = prepared.column(task.level(target));
      double[] changes = changes(prepared, last, output, scaledChanges[output]);
      for (int window = 0; window < last.length; window++) {
        values[output][window] = target.transform().inverse(levels[last[window]] + changes[window]);
      }
    }
    return values;
  }

  private double[] changes(Table prepared, int[] last, int output, double[] scaled) {
    String column = task.changes().get(output);
    if (ofSeries.isEmpty()) {
      return all.inverse(column, scaled);
    }
    int place = all.columns().indexOf(column);
    List<String> names = prepared.text(task.series().orElseThrow());
    Map<String, double[]> lines = new HashMap<>();
    double[] changes = new double[scaled.length];
    for (int window = 0; window < changes.length; window++) {
      double[] line =
          lines.computeIfAbsent(
              names.get(last[window]),
              name -> new double[] {of(name).mean()[place], of(name).scale()[place]});
      changes[window] = scaled[window] * line[1] + line[0];
    }
    return changes;
  }
}
