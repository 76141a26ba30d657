package dev.rnn4j.forecast.internal.task;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is forecast from what. What is learnt is not a target itself but its change since the last
 * row of the window: what is to be added to persistence, whatever the trend.
 *
 * @param targets the columns to forecast: K of them
 * @param features the columns to forecast them from; the targets' own past is among them
 * @param series the column that tells series apart, if there are several
 * @param calendar the dates, if the rows have any
 * @param window how many rows the network reads: T
 * @param horizon how many rows after the window's last one are forecast: H
 */
public record Task(
    List<Target> targets,
    List<Feature> features,
    Optional<String> series,
    Optional<Calendar> calendar,
    int window,
    int horizon) {
  public Task {
    targets = ImmutableList.copyOf(targets);
    features = ImmutableList.copyOf(features);
  }

  public Task withWindow(int newWindow) {
    return new Task(targets, features, series, calendar, newWindow, horizon);
  }

  public Task withTargets(List<Target> newTargets) {
    return new Task(newTargets, features, series, calendar, window, horizon);
  }

  public Task withFeatures(List<Feature> newFeatures) {
    return new Task(targets, newFeatures, series, calendar, window, horizon);
  }

  public Task withCalendar(Optional<Calendar> newCalendar) {
    return new Task(targets, features, series, newCalendar, window, horizon);
  }

  /** Returns how many numbers are forecast from a window: K·H. */
  public int outputs() {
    return targets.size() * horizon;
  }

  /** Returns the target of an output. */
  public Target target(int output) {
    return targets.get(output / horizon);
  }

  /** Returns how many rows ahead an output is. */
  public int ahead(int output) {
    return output % horizon + 1;
  }

  public List<String> targetNames() {
    return targets.stream().map(Target::column).toList();
  }

  public Optional<Target> targetNamed(String column) {
    return targets.stream().filter(target -> target.column().equals(column)).findFirst();
  }

  /**
   * Returns the names of the columns of changes that a prepared table has, one for each output. In
   * the row H after a window's last one stand the changes from that last row to each of the rows
   * between.
   */
  public List<String> changes() {
    return IntStream.range(0, outputs())
        .mapToObj(
            output ->
                derived(
                    "change of "
                        + target(output).column()
                        + (ahead(output) == 1 ? "" : " over " + ahead(output))))
        .toList();
  }

  /** A column of the table may have the name of a derived one, and stays what it is. */
  public String derived(String name) {
    return columns().contains(name) ? derived(name + " (derived)") : name;
  }

  /** Returns the name of the column of the transformed, filled target. */
  public String level(Target target) {
    Transform transform = target.transform();
    return transform == Transform.NONE
        ? target.column()
        : derived(transform + " of " + target.column());
  }

  /** Returns the names of the inputs that a feature gives for a row. */
  public List<String> inputs(Feature feature) {
    if (feature.isText()) {
      return feature.indicators().stream().map(this::derived).toList();
    }
    List<String> inputs = new ArrayList<>(List.of(readName(feature)));
    if (feature.filled()) {
      inputs.add(marker(feature));
    }
    return inputs;
  }

  /** Returns the name of the column of a feature's numbers as they are read. */
  public String readName(Feature feature) {
    return targetNamed(feature.column())
        .map(this::level)
        .orElseGet(() -> feature.log() ? derived(feature.readName()) : feature.column());
  }

  /** Returns the name of the input that says where a feature is missing. */
  public String marker(Feature feature) {
    return derived(feature.column() + " is missing");
  }

  /**
   * Returns how many rows later the inputs are that are known in advance: each step of a window
   * reads those of so many rows later, and all steps together those of every row that is forecast.
   */
  public List<Integer> leads() {
    return Stream.iterate(horizon, lead -> lead > 0, lead -> lead - window).toList();
  }

  /** Returns the name of an input of a later row. */
  public String lead(String input, int rows) {
    return derived(input + ", " + (rows == 1 ? "1 row" : rows + " rows") + " later");
  }

  private Stream<String> leads(Feature feature) {
    return feature.known()
        ? inputs(feature).stream().flatMap(input -> leads().stream().map(rows -> lead(input, rows)))
        : Stream.empty();
  }

  /** Returns the columns that the network reads at each step: I of them. */
  public List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    features.forEach(feature -> inputs.addAll(inputs(feature)));
    features.forEach(feature -> leads(feature).forEach(inputs::add));
    for (CalendarFeature season : seasons()) {
      inputs.add(derived(season.sineColumn()));
      inputs.add(derived(season.cosineColumn()));
    }
    return inputs;
  }

  /** Returns the columns that are scaled; all others are within ±1 as they are. */
  public List<String> scaledColumns() {
    ImmutableList.Builder<String> scaled = ImmutableList.builder();
    for (Feature feature : features) {
      if (!feature.isText()) {
        String name = readName(feature);
        scaled.add(name);
        if (feature.known()) {
          leads().forEach(rows -> scaled.add(lead(name, rows)));
        }
      }
    }
    return scaled.addAll(changes()).build();
  }

  public List<CalendarFeature> seasons() {
    return calendar.map(Calendar::seasons).orElse(List.of());
  }

  /** Returns the columns that a table must have. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    calendar.ifPresent(dates -> columns.addAll(dates.columns()));
    Stream.concat(series.stream(), features.stream().map(Feature::column))
        .filter(name -> !columns.contains(name))
        .forEach(columns::add);
    return columns;
  }

  /** Returns a table with its dates read and its rows in their order, if the task has any. */
  public Table read(Table table) {
    return calendar
        .map(dates -> Calendar.read(table, dates.column(), dates.time(), series))
        .orElse(table);
  }

  /** Returns how many rows there are up to the last one in which a target is known. */
  public int observed(Table table) {
    int rows = table.rows();
    if (features.stream().noneMatch(Feature::known)) {
      return rows;
    }
    List<double[]> known = targetNames().stream().map(table::column).toList();
    while (rows > 0) {
      int last = rows - 1;
      if (known.stream().anyMatch(values -> !Double.isNaN(values[last]))) {
        break;
      }
      rows--;
    }
    return rows;
  }

  /** Returns how windows are cut that end in a known change; those that lack a value are not. */
  public Windowing windows() {
    return readings().horizon(horizon).target(changes().toArray(String[]::new)).skipMissing();
  }

  /** Returns how windows are cut of which nobody knows the end. */
  public Windowing readings() {
    Windowing windows = Windowing.length(window).inputs(inputs().toArray(String[]::new));
    Windowing one = series.map(windows::series).orElse(windows);
    return calendar.map(dates -> dates.cut(one)).orElse(one);
  }

  @Override
  public String toString() {
    return String.join(" and ", targetNames())
        + ", "
        + (horizon == 1 ? "one row" : "1 to " + horizon + " rows")
        + " ahead, from windows of "
        + window
        + (window == 1 ? " row of " : " rows of ")
        + String.join(", ", inputs());
  }
}
