package dev.rnn4j.examples.forecast;

import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The unseen windows as several methods forecast the row a number of rows after them, and what
 * happened.
 *
 * @param target the column's name
 * @param ahead how many rows after the last one of its window each row is
 * @param rows the name of each row: its date, or its place in the file
 * @param dates of the rows, if they have any
 * @param actual the target's values
 * @param methods forecasts by the name of the method, NaN where it has none
 * @param intervals of the methods
 * @param naive the mean absolute error of the naive forecast on the rows that train
 */
record Comparison(
    String target,
    int ahead,
    List<String> rows,
    Optional<List<LocalDateTime>> dates,
    double[] actual,
    Map<String, double[]> methods,
    Map<String, Interval> intervals,
    double naive) {
  static final String NETWORK = "network";

  /** From here on, dates on a plot are seconds. */
  private static final Duration SHORT = Duration.ofMinutes(2);

  /** Returns the forecasts of methods for some windows, and what happened. */
  static Comparison of(
      Dataset data,
      Windows windows,
      int ahead,
      Map<String, double[]> methods,
      Map<String, Interval> intervals) {
    Task task = data.scaling().task();
    Table table = data.table();
    int[] rows = data.rowsAfter(windows, ahead);
    Optional<Dates> dates = task.calendar().map(calendar -> table.dates(calendar.column()));
    return new Comparison(
        task.target(),
        ahead,
        IntStream.of(rows).mapToObj(row -> name(table, dates, row)).toList(),
        dates.map(known -> IntStream.of(rows).mapToObj(known::get).toList()),
        data.actual(windows, ahead),
        methods,
        intervals,
        data.naiveError());
  }

  private static String name(Table table, Optional<Dates> dates, int row) {
    return dates.map(known -> known.text(row)).orElse(table.rowName(row));
  }

  /** Returns the errors of every method. */
  Map<String, Score> scores() {
    Map<String, Score> scores = new LinkedHashMap<>();
    methods.forEach((name, forecasts) -> scores.put(name, score(name, forecasts)));
    return scores;
  }

  /** Returns the errors of a method on these rows. */
  Score score(String name, double[] forecasts) {
    return Score.of(forecasts, actual, intervals.getOrDefault(name, Interval.NONE), naive);
  }

  /** Returns the method with the smallest error on these rows, but the network. */
  Optional<String> best() {
    return scores().entrySet().stream()
        .filter(method -> !method.getKey().equals(NETWORK) && method.getValue().rmse() >= 0)
        .min(Comparator.comparingDouble(method -> method.getValue().rmse()))
        .map(Map.Entry::getKey);
  }

  private Duration span() {
    return dates
        .map(known -> Duration.between(known.get(0), known.get(known.size() - 1)))
        .orElse(Duration.ZERO);
  }

  /** A plot has no dates that differ in less than a second. */
  private boolean isShort() {
    return dates.isPresent() && span().compareTo(SHORT) < 0;
  }

  /** Returns how a plot shows dates: as precisely as they have to be told apart. */
  String axisPattern() {
    boolean times = dates.isPresent() && rows.get(0).contains("T");
    return !times
        ? "yyyy-MM-dd"
        : span().compareTo(Duration.ofDays(1)) < 0 ? "HH:mm:ss" : "MM-dd HH:mm";
  }

  /** Returns what the axis of a plot counts, empty where that is plain. */
  String axisTitle() {
    return isShort() ? "seconds after " + rows.get(0) : "";
  }

  /** Returns what belongs on the axis of a plot: dates, years, seconds, or the numbers 1 to n. */
  List<?> axis() {
    if (dates.isEmpty()) {
      return IntStream.rangeClosed(1, actual.length).boxed().toList();
    }
    if (isShort()) {
      LocalDateTime first = dates.get().get(0);
      return dates.get().stream()
          .map(date -> Duration.between(first, date).toNanos() / 1e9)
          .toList();
    }
    boolean years = rows.get(0).length() == 4;
    return dates.get().stream()
        .map(date -> years ? date.getYear() : Date.from(date.toInstant(ZoneOffset.UTC)))
        .toList();
  }

  /** Returns the last rows only, all where there are fewer. */
  Comparison last(int count) {
    int from = Math.max(0, actual.length - count);
    Map<String, double[]> shorter = new LinkedHashMap<>();
    methods.forEach(
        (name, forecasts) ->
            shorter.put(name, Arrays.copyOfRange(forecasts, from, forecasts.length)));
    return new Comparison(
        target,
        ahead,
        rows.subList(from, rows.size()),
        dates.map(known -> known.subList(from, known.size())),
        Arrays.copyOfRange(actual, from, actual.length),
        shorter,
        intervals,
        naive);
  }
}
