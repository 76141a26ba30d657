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
record Comparison(
    String target,
    int ahead,
    List<String> rows,
    Optional<List<LocalDateTime>> dates,
    Optional<List<String>> series,
    double[] actual,
    Map<String, Band> methods,
    double naive) {
  static final String NETWORK = "network";

  /** From here on, dates on a plot are seconds. */
  private static final Duration SHORT = Duration.ofMinutes(2);

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

  /** Returns the errors of every method. */
  Map<String, Score> scores() {
    Map<String, Score> scores = new LinkedHashMap<>();
    methods.keySet().forEach(name -> scores.put(name, score(name)));
    return scores;
  }

  /** Returns the errors of a method on these rows. */
  Score score(String name) {
    return Score.of(methods.get(name), actual, naive);
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
    Map<String, Band> shorter = new LinkedHashMap<>();
    methods.forEach((name, band) -> shorter.put(name, band.last(count)));
    return new Comparison(
        target,
        ahead,
        rows.subList(from, rows.size()),
        dates.map(known -> known.subList(from, known.size())),
        series.map(names -> names.subList(from, names.size())),
        Arrays.copyOfRange(actual, from, actual.length),
        shorter,
        naive);
  }

  /** Returns the rows of one series only. */
  Comparison of(String name) {
    List<String> names = series.orElseThrow();
    int[] places =
        IntStream.range(0, actual.length).filter(i -> names.get(i).equals(name)).toArray();
    Map<String, Band> some = new LinkedHashMap<>();
    methods.forEach(
        (method, band) ->
            some.put(
                method,
                new Band(
                    pick(band.point(), places),
                    pick(band.low(), places),
                    pick(band.middle(), places),
                    pick(band.high(), places))));
    return new Comparison(
        target,
        ahead,
        IntStream.of(places).mapToObj(rows::get).toList(),
        dates.map(known -> IntStream.of(places).mapToObj(known::get).toList()),
        Optional.of(IntStream.of(places).mapToObj(names::get).toList()),
        pick(actual, places),
        some,
        naive);
  }

  private static double[] pick(double[] values, int[] places) {
    return IntStream.of(places).mapToDouble(place -> values[place]).toArray();
  }

  /** Returns the rows of several, one after the other; the methods are those of the first. */
  static Comparison join(List<Comparison> parts) {
    Comparison first = parts.get(0);
    Map<String, Band> methods = new LinkedHashMap<>();
    for (String name : first.methods.keySet()) {
      if (parts.stream().allMatch(part -> part.methods.containsKey(name))) {
        methods.put(name, Band.join(parts.stream().map(part -> part.methods.get(name)).toList()));
      }
    }
    return new Comparison(
        first.target,
        first.ahead,
        parts.stream().flatMap(part -> part.rows.stream()).toList(),
        first.dates.map(
            some -> parts.stream().flatMap(part -> part.dates.orElseThrow().stream()).toList()),
        first.series.map(
            some -> parts.stream().flatMap(part -> part.series.orElseThrow().stream()).toList()),
        parts.stream().map(Comparison::actual).reduce(new double[0], DoubleArrays::join),
        methods,
        first.naive);
  }

  /** Returns the first series' rows only, where there are several: what a plot can show. */
  Comparison one() {
    return series.map(names -> of(names.get(0))).orElse(this);
  }
}
