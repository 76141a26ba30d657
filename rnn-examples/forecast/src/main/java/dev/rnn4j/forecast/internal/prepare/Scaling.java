package dev.rnn4j.forecast.internal.prepare;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.rnn4j.forecast.internal.task.Target;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The way from a table to what a network reads, and from what it says to a forecast. Of several
 * series, each is scaled by its own mean and deviation, so that a large shop and a small one are
 * alike to the network. Where a target always changes by the same, the scale of its changes is 0:
 * whatever the network says, the series goes on so.
 *
 * @param task what is forecast
 * @param all the scaler of the numbers that are read, and of the changes, of all rows together
 * @param ofSeries those of series, by their names
 * @param provisional the names of those of which few rows are known: others may say otherwise
 */
public record Scaling(
    Task task, StandardScaler all, Map<String, StandardScaler> ofSeries, Set<String> provisional) {
  public Scaling {
    ofSeries = ImmutableMap.copyOf(ofSeries);
    provisional = ImmutableSet.copyOf(provisional);
  }

  /** Fits the scalers on some rows. */
  public static Scaling fit(Task task, Table prepared, Rows rows) {
    Table known = prepared.slice(rows);
    StandardScaler all = StandardScaler.fit(known, task.scaledColumns().toArray(String[]::new));
    if (task.series().isEmpty()) {
      all = new SeriesFit(task, all, known).scaler();
    }
    return new Scaling(task, all, Map.of(), Set.of()).including(known);
  }

  /**
   * Returns this scaling with the series of a prepared table that it does not know yet, and with
   * what the table says of those of which it knows few rows.
   */
  public Scaling including(Table prepared) {
    return including(prepared, Integer.MAX_VALUE, false);
  }

  /**
   * Returns this scaling with the series of a prepared table that it does not know yet, each as its
   * first window shows it: nothing else is known when its first row is forecast.
   */
  public Scaling beginning(Table prepared) {
    return including(prepared, task.window(), true);
  }

  private Scaling including(Table prepared, int most, boolean begin) {
    if (task.series().isEmpty()) {
      return this;
    }
    Map<String, StandardScaler> scalers = new LinkedHashMap<>(ofSeries);
    Set<String> few = new HashSet<>(provisional);
    List<String> names = prepared.text(task.series().get());
    SeriesFit fit = new SeriesFit(task, all, prepared);
    for (int[] whole : SeriesRows.of(prepared, task.series()).all()) {
      int[] rows = Arrays.copyOf(whole, Math.min(most, whole.length));
      String name = names.get(rows[0]);
      if (!scalers.containsKey(name) || !begin && few.contains(name) && fit.showsChanges(rows)) {
        scalers.put(name, fit.scaler(rows, begin));
        few.remove(name);
        if (begin || fit.isProvisional(rows)) {
          few.add(name);
        }
      }
    }
    return new Scaling(task, all, scalers, few);
  }

  private int change(int output) {
    return all.columns().indexOf(task.changes().get(output));
  }

  /** Returns the place of the column that an output is a change of. */
  private int level(int output) {
    return all.columns().indexOf(task.level(task.target(output)));
  }

  /**
   * Returns by how much a target changes from row to row, of each series in which that is always
   * the same. Where all rows are one series, it has no name: the text is empty.
   */
  public Map<String, Double> unvarying(Target target) {
    int column = change(task.targets().indexOf(target) * task.horizon());
    Map<String, Double> changes = new LinkedHashMap<>();
    Map<String, StandardScaler> each = task.series().isEmpty() ? Map.of("", all) : ofSeries;
    each.forEach(
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
    if (task.series().isEmpty()) {
      return scaled;
    }
    Set<String> unvarying = new HashSet<>(ofSeries.keySet());
    task.targets().forEach(target -> unvarying.retainAll(unvarying(target).keySet()));
    List<String> names = scaled.text(task.series().get());
    if (unvarying.isEmpty() || unvarying.containsAll(names)) {
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
    List<int[]> series = SeriesRows.of(prepared, task.series()).all();
    List<StandardScaler> scalers =
        task.series()
            .map(prepared::text)
            .map(names -> series.stream().map(rows -> of(names.get(rows[0]))).toList())
            .orElse(List.of(all));
    Table scaled = prepared;
    // Column by column: of a large table, all of them at once would take as much memory again.
    for (int column = 0; column < all.columns().size(); column++) {
      String name = all.columns().get(column);
      double[] values = prepared.column(name);
      for (int i = 0; i < scalers.size(); i++) {
        double mean = scalers.get(i).mean()[column];
        double scale = scalers.get(i).scale()[column];
        for (int row : series.get(i)) {
          values[row] = (values[row] - mean) / (scale == 0 ? 1 : scale);
        }
      }
      scaled = scaled.with(name, values);
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
