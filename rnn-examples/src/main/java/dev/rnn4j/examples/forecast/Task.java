package dev.rnn4j.examples.forecast;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windowing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is forecast from what. The network does not learn the target itself but its change since the
 * last row of the window: what it adds to persistence, whatever the trend.
 *
 * @param target the column to forecast
 * @param features the columns to forecast it from; the target's own past is one of them
 * @param calendar the dates, if the rows have any
 * @param window how many rows the network reads: T
 * @param horizon how many rows after the window's last one the forecast is for
 */
record Task(
    String target, List<String> features, Optional<Calendar> calendar, int window, int horizon) {
  Task {
    features = ImmutableList.copyOf(features);
  }

  /** Returns the name of the column of changes that {@link #prepare} adds. */
  String change() {
    return derived("change of " + target);
  }

  /** A column of the table may have the name of a derived one, and stays what it is. */
  private String derived(String name) {
    return columns().contains(name) ? derived(name + " (derived)") : name;
  }

  /** Returns the columns that are scaled; seasons are within ±1 as they are. */
  List<String> scaledColumns() {
    return ImmutableList.<String>builder().addAll(features).add(change()).build();
  }

  /** Returns the columns that a table must have. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    calendar.ifPresent(dates -> columns.addAll(dates.columns()));
    features.stream().filter(feature -> !columns.contains(feature)).forEach(columns::add);
    return columns;
  }

  /** Returns a table with its dates read, if the task has any. */
  Table read(Table table) {
    return calendar.map(dates -> Calendar.read(table, dates.column(), dates.time())).orElse(table);
  }

  /** Returns the columns that the network reads at each step: I of them. */
  List<String> inputs() {
    List<String> inputs = new ArrayList<>(features);
    for (CalendarFeature season : seasons()) {
      inputs.add(derived(season.sineColumn()));
      inputs.add(derived(season.cosineColumn()));
    }
    return inputs;
  }

  private List<CalendarFeature> seasons() {
    return calendar.map(Calendar::seasons).orElse(List.of());
  }

  /**
   * Returns a table with the seasons, and with the change of the target over the horizon: its value
   * in a row minus that {@code horizon} rows before.
   *
   * @throws dev.rnn4j.table.DataException where a column is not in the table, or holds something
   *     else than numbers or dates
   */
  Table prepare(Table table) {
    Table prepared = table;
    for (CalendarFeature season : seasons()) {
      Table places = Table.of(season.of(table.dates(calendar.orElseThrow().column())));
      prepared =
          prepared
              .with(derived(season.sineColumn()), places.column(0))
              .with(derived(season.cosineColumn()), places.column(1));
    }
    double[] values = table.column(target);
    double[] change = new double[values.length];
    Arrays.setAll(change, row -> row < horizon ? Double.NaN : values[row] - values[row - horizon]);
    return prepared.with(change(), change);
  }

  /** Returns how windows are cut that end in a known change; those that lack a value are not. */
  Windowing windows() {
    return readings().horizon(horizon).target(change()).skipMissing();
  }

  /** Returns how windows are cut of which nobody knows the end. */
  Windowing readings() {
    Windowing windows = Windowing.length(window).inputs(inputs().toArray(String[]::new));
    return calendar.map(dates -> dates.cut(windows)).orElse(windows);
  }

  @Override
  public String toString() {
    return target
        + ", "
        + (horizon == 1 ? "one row" : horizon + " rows")
        + " ahead, from windows of "
        + window
        + (window == 1 ? " row of " : " rows of ")
        + String.join(", ", inputs());
  }
}
