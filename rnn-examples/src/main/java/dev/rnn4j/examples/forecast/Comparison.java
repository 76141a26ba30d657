package dev.rnn4j.examples.forecast;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The unseen windows as several methods forecast them, and what happened.
 *
 * @param target the column's name
 * @param rows the name of each row: its date, or its place in the file
 * @param dates of the rows, if they have any
 * @param actual the target's values
 * @param methods forecasts by the name of the method, NaN where it has none
 */
record Comparison(
    String target,
    List<String> rows,
    Optional<List<LocalDateTime>> dates,
    double[] actual,
    Map<String, double[]> methods) {
  /** From here on, dates on a plot are seconds. */
  private static final Duration SHORT = Duration.ofMinutes(2);

  static final String NETWORK = "network";
  static final String LINEAR = "linear autoregression";
  static final String PERSISTENCE = "persistence";
  static final String LAST_YEAR = "same date last year";

  /** Forecasts the test part by the network, and by what a network has to be better than. */
  static Comparison of(Dataset data, Forecaster forecaster) {
    Windows windows = data.test();
    Task task = forecaster.task();
    int[] rows =
        IntStream.range(0, windows.size()).map(window -> windows.targetRows(window)[0]).toArray();
    double[] values = data.table().column(task.target());
    Optional<Dates> dates = task.calendar().map(calendar -> data.table().dates(calendar.column()));

    Map<String, double[]> methods = new LinkedHashMap<>();
    methods.put(NETWORK, forecaster.predict(data.table(), windows));
    methods.put(LINEAR, linear(data));
    methods.put(PERSISTENCE, data.scaling().lastValues(data.table(), windows));
    dates
        .filter(known -> task.calendar().orElseThrow().spacing().unit() != ChronoUnit.YEARS)
        .map(known -> lastYear(known, values, rows))
        .filter(known -> !Double.isNaN(Score.of(known, known).rmse()))
        .ifPresent(known -> methods.put(LAST_YEAR, known));
    return new Comparison(
        task.target(),
        IntStream.of(rows).mapToObj(row -> name(data.table(), dates, row)).toList(),
        dates.map(known -> IntStream.of(rows).mapToObj(known::get).toList()),
        IntStream.of(rows).mapToDouble(row -> values[row]).toArray(),
        methods);
  }

  private static double[] linear(Dataset data) {
    LinearModel linear = LinearModel.fit(data.train());
    return data.scaling().forecasts(data.table(), data.test(), linear.predict(data.test()));
  }

  private static double[] lastYear(Dates dates, double[] values, int[] rows) {
    Map<LocalDateTime, Integer> rowOf = new HashMap<>();
    for (int row = 0; row < values.length; row++) {
      rowOf.putIfAbsent(dates.get(row), row);
    }
    return IntStream.of(rows)
        .mapToObj(row -> rowOf.get(dates.get(row).minusYears(1)))
        .mapToDouble(row -> row == null ? Double.NaN : values[row])
        .toArray();
  }

  private static String name(Table table, Optional<Dates> dates, int row) {
    return dates.map(known -> known.text(row)).orElse(table.rowName(row));
  }

  /** Returns the errors of every method. */
  Map<String, Score> scores() {
    Map<String, Score> scores = new LinkedHashMap<>();
    methods.forEach((name, forecasts) -> scores.put(name, Score.of(forecasts, actual)));
    return scores;
  }

  /** Writes a line for each row: its date or place, what happened, and what each method said. */
  void writeCsv(OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    List<String> header = new ArrayList<>(List.of(dates.isPresent() ? "date" : "row", target));
    methods.keySet().forEach(name -> header.add(name.replace(' ', '_')));
    csv.writeRecord(header);
    for (int i = 0; i < actual.length; i++) {
      csv.writeRecord(record(i));
    }
    csv.flush();
  }

  private List<String> record(int i) {
    List<String> cells = new ArrayList<>(List.of(rows.get(i), cell(actual[i])));
    methods.values().forEach(forecasts -> cells.add(cell(forecasts[i])));
    return cells;
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
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
        rows.subList(from, rows.size()),
        dates.map(known -> known.subList(from, known.size())),
        Arrays.copyOfRange(actual, from, actual.length),
        shorter);
  }
}
