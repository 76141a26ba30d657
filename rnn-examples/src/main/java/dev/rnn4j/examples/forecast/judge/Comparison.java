package dev.rnn4j.examples.forecast.judge;

import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.quantile.Band;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The unseen windows as several methods forecast one target a number of rows after them, and what
 * happened.
 *
 * @param target the column's name
 * @param ahead how many rows after the last one of its window each row is
 * @param rows the name of each row: its date, or its place in the file
 * @param dates of the rows, if they have any
 * @param series the name of the series of each row, if there are several
 * @param actual the target's values
 * @param methods forecasts by the name of the method, NaN where it has none
 * @param naive the mean absolute error of the naive forecast on the known rows
 */
public record Comparison(
    String target,
    int ahead,
    List<String> rows,
    Optional<List<LocalDateTime>> dates,
    Optional<List<String>> series,
    double[] actual,
    Map<String, Band> methods,
    double naive) {
  public static final String NETWORK = "network";

  /** Returns the forecasts of methods for some windows, and what happened. */
  static Comparison of(
      Part part, Windows windows, int output, Map<String, Band> methods, double naive) {
    Task task = part.task();
    Table table = part.table();
    int[] rows = part.rowsAfter(windows, task.ahead(output));
    Optional<Dates> dates = task.calendar().map(calendar -> table.dates(calendar.column()));
    Optional<List<String>> series = task.series().map(table::text);
    return new Comparison(
        task.target(output).column(),
        task.ahead(output),
        IntStream.of(rows).mapToObj(row -> name(table, dates, row)).toList(),
        dates.map(known -> IntStream.of(rows).mapToObj(known::get).toList()),
        series.map(names -> IntStream.of(rows).mapToObj(names::get).toList()),
        part.actual(windows)[output],
        methods,
        naive);
  }

  private static String name(Table table, Optional<Dates> dates, int row) {
    return dates.map(known -> known.text(row)).orElse(table.rowName(row));
  }

  /** Returns how many rows there are. */
  public int size() {
    return actual.length;
  }

  /** Returns what the network says. */
  public Band network() {
    return methods.get(NETWORK);
  }

  /** Returns the errors of every method. */
  public Map<String, Score> scores() {
    Map<String, Score> scores = new LinkedHashMap<>();
    methods.keySet().forEach(name -> scores.put(name, score(name)));
    return scores;
  }

  /** Returns the errors of a method on these rows. */
  public Score score(String name) {
    return Score.of(methods.get(name), actual, naive);
  }

  /** Returns the best baseline on these rows. */
  public Optional<String> best() {
    return best(scores());
  }

  /**
   * Returns the method with the smallest error, but the network, among those that forecast as many
   * rows as it: the error on a few of them may be that of the easy ones.
   */
  public static Optional<String> best(Map<String, Score> scores) {
    int rows = scores.get(NETWORK).count();
    return scores.entrySet().stream()
        .filter(method -> !method.getKey().equals(NETWORK) && method.getValue().rmse() >= 0)
        .filter(method -> method.getValue().count() >= rows)
        .min(Comparator.comparingDouble(method -> method.getValue().rmse()))
        .map(Map.Entry::getKey);
  }

  /** Returns the last rows only, all where there are fewer. */
  public Comparison last(int count) {
    return pick(IntStream.range(Math.max(0, size() - count), size()).toArray());
  }

  /** Returns the names of the series, none where the rows are of one alone. */
  public List<String> seriesNames() {
    return series.map(names -> names.stream().distinct().toList()).orElse(List.of());
  }

  /** Returns the rows of one series only. */
  public Comparison of(String name) {
    List<String> names = series.orElseThrow();
    return pick(IntStream.range(0, size()).filter(i -> names.get(i).equals(name)).toArray());
  }

  /** Returns the first series' rows only, where there are several: what a plot can show. */
  public Comparison one() {
    return series.map(names -> of(names.get(0))).orElse(this);
  }

  private Comparison pick(int[] places) {
    Map<String, Band> picked = new LinkedHashMap<>();
    methods.forEach((name, band) -> picked.put(name, band.pick(places)));
    return new Comparison(
        target,
        ahead,
        pick(rows, places),
        dates.map(known -> pick(known, places)),
        series.map(names -> pick(names, places)),
        IntStream.of(places).mapToDouble(place -> actual[place]).toArray(),
        picked,
        naive);
  }

  private static <T> List<T> pick(List<T> values, int[] places) {
    return IntStream.of(places).mapToObj(values::get).toList();
  }
}
