package dev.rnn4j.examples.forecast;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windowing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What is forecast from what. The network does not learn the target itself but its change since the
 * last row of the window: what it adds to persistence, whatever the trend.
 *
 * @param target the column to forecast
 * @param features the columns to forecast it from; the target's own past is one of them
 * @param calendar the dates, if the rows have any
 * @param window how many rows the network reads: T
 * @param horizon how many rows after the window's last one are forecast: H
 * @param transform what the target is turned into
 */
record Task(
    String target,
    List<String> features,
    Optional<Calendar> calendar,
    int window,
    int horizon,
    Transform transform) {
  Task {
    features = ImmutableList.copyOf(features);
  }

  /**
   * Returns the names of the columns of changes that {@link #prepare} adds, H of them. In the row H
   * after a window's last one stand the changes from that last row to each of the rows between.
   */
  List<String> changes() {
    return IntStream.rangeClosed(1, horizon)
        .mapToObj(ahead -> derived("change of " + target + (ahead == 1 ? "" : " over " + ahead)))
        .toList();
  }

  /** A column of the table may have the name of a derived one, and stays what it is. */
  private String derived(String name) {
    return columns().contains(name) ? derived(name + " (derived)") : name;
  }

  /** Returns the name of the column of the transformed target that {@link #prepare} adds. */
  String level() {
    return transform == Transform.NONE ? target : derived(transform + " of " + target);
  }

  private List<String> read() {
    return features.stream().map(name -> name.equals(target) ? level() : name).toList();
  }

  /** Returns the columns that are scaled; seasons are within ±1 as they are. */
  List<String> scaledColumns() {
    return ImmutableList.<String>builder().addAll(read()).addAll(changes()).build();
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
    List<String> inputs = new ArrayList<>(read());
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
   * Returns a table with the seasons, and with the changes of the target.
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
    double[] values = DoubleStream.of(table.column(target)).map(transform::apply).toArray();
    prepared = transform == Transform.NONE ? prepared : prepared.with(level(), values);
    List<String> changes = changes();
    for (int ahead = 1; ahead <= horizon; ahead++) {
      int later = horizon - ahead;
      double[] change = new double[values.length];
      Arrays.setAll(
          change, row -> row < horizon ? Double.NaN : values[row - later] - values[row - horizon]);
      prepared = prepared.with(changes.get(ahead - 1), change);
    }
    return prepared;
  }

  /** Returns how windows are cut that end in a known change; those that lack a value are not. */
  Windowing windows() {
    return readings().horizon(horizon).target(changes().toArray(String[]::new)).skipMissing();
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
        + (horizon == 1 ? "one row" : "1 to " + horizon + " rows")
        + " ahead, from windows of "
        + window
        + (window == 1 ? " row of " : " rows of ")
        + String.join(", ", inputs());
  }
}
