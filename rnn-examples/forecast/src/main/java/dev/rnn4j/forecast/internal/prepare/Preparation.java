package dev.rnn4j.forecast.internal.prepare;

import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Target;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.GapFill;
import dev.rnn4j.table.Table;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Adds to a table what a task reads and learns: all that is computed row by row. */
public final class Preparation {
  private final Task task;
  private final SeriesRows rows;
  private Table table;

  private Preparation(Task task, Table table) {
    this.task = task;
    this.table = table;
    this.rows = SeriesRows.of(table, task.series());
  }

  /**
   * Returns a table with the inputs, and with the changes of the targets.
   *
   * @param table with its dates read
   * @throws dev.rnn4j.table.DataException where a column is not in the table, or holds something
   *     else than numbers or dates
   */
  public static Table of(Task task, Table table) {
    Preparation preparation = new Preparation(task, table);
    task.targets().forEach(preparation::addTarget);
    task.features().forEach(preparation::addFeature);
    task.seasons().forEach(preparation::addSeason);
    return preparation.table;
  }

  private void addSeason(CalendarFeature season) {
    Table places = Table.of(season.of(table.dates(task.calendar().orElseThrow().column())));
    table =
        table
            .with(task.derived(season.sineColumn()), places.column(0))
            .with(task.derived(season.cosineColumn()), places.column(1));
  }

  private void addTarget(Target target) {
    double[] values = table.column(target.column());
    Arrays.setAll(values, row -> target.transform().apply(values[row]));
    boolean filled =
        task.features().stream()
            .anyMatch(one -> one.column().equals(target.column()) && one.filled());
    double[] from = filled ? filled(values) : values;
    int horizon = task.horizon();
    for (int output = 0; output < task.outputs(); output++) {
      if (task.target(output).equals(target)) {
        double[] change = rows.shifted(values, task.ahead(output) - horizon);
        double[] last = rows.shifted(from, -horizon);
        Arrays.setAll(change, row -> change[row] - last[row]);
        table = table.with(task.changes().get(output), change);
      }
    }
    if (target.transform() != Transform.NONE) {
      table = table.with(task.level(target), from);
    }
  }

  private void addFeature(Feature feature) {
    if (feature.isText()) {
      for (int i = 0; i < feature.values().size(); i++) {
        String name = task.inputs(feature).get(i);
        String value = feature.values().get(i);
        table = table.with(name, Feature.indicator(table.text(feature.column()), value));
      }
    } else {
      double[] numbers = table.column(feature.column());
      double[] read =
          task.targetNamed(feature.column())
              .map(target -> DoubleArrays.map(numbers, target.transform()::apply))
              .orElseGet(() -> feature.read(numbers));
      if (feature.filled()) {
        table =
            table.with(
                task.marker(feature),
                DoubleArrays.map(numbers, value -> Double.isNaN(value) ? 1 : 0));
      }
      table = table.with(task.readName(feature), feature.filled() ? filled(read) : read);
    }
    if (feature.known()) {
      for (String input : task.inputs(feature)) {
        for (int lead : task.leads()) {
          table = table.with(task.lead(input, lead), rows.shifted(table.column(input), lead));
        }
      }
    }
  }

  /** Returns values of which a missing one is the last known one of its series. */
  private double[] filled(double[] values) {
    double[] all = values.clone();
    for (int[] series : rows.all()) {
      double[] mine =
          GapFill.previous().fill(IntStream.of(series).mapToDouble(row -> values[row]).toArray());
      for (int place = 0; place < mine.length; place++) {
        all[series[place]] = mine[place];
      }
    }
    return all;
  }
}
