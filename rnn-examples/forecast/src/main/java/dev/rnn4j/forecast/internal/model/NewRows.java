package dev.rnn4j.forecast.internal.model;

import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.task.Calendar;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a saved model asks of the rows that it is to go on from. */
final class NewRows {
  private NewRows() {}

  /**
   * Checks that a table is one that a model can read.
   *
   * @throws DataException where it lacks a column
   */
  static void requireColumns(Task task, Table table) {
    for (String column : task.columns()) {
      if (!table.names().contains(column)) {
        throw new DataException(
            table.source()
                + " has no column '"
                + column
                + "', and the model needs "
                + String.join(", ", task.columns())
                + "; it has "
                + String.join(", ", table.names()));
      }
    }
  }

  /**
   * Checks that the rows of a table are as far apart as those that the model was trained with, or
   * further. How far that is, the model knows; a short table does not show it.
   *
   * @throws DataException where two rows are closer
   */
  static void requireSpacing(Task task, Table table) {
    if (task.series().isEmpty()) {
      task.calendar()
          .ifPresent(
              calendar ->
                  table.dates(calendar.column()).requireNotCloser(calendar.spacing(), "the model"));
    }
  }

  /** Returns a sentence for each column with texts that are none of those that a task knows. */
  static List<String> newTexts(Task task, Table table) {
    List<String> sentences = new ArrayList<>();
    for (Feature feature : task.features()) {
      if (!feature.isText()) {
        continue;
      }
      List<String> cells = table.text(feature.column()).stream().map(String::strip).toList();
      List<String> unknown =
          cells.stream()
              .distinct()
              .filter(text -> !text.isEmpty() && !feature.values().contains(text))
              .toList();
      if (!unknown.isEmpty()) {
        String first = unknown.get(0);
        int others = unknown.size() - 1;
        sentences.add(
            table.cellName(cells.indexOf(first), feature.column())
                + ": the model does not know '"
                + first
                + "'"
                + (others == 0
                    ? ""
                    : ", and "
                        + others
                        + (others == 1 ? " other text" : " other texts")
                        + " of the column")
                + ", and reads it as none of those that it knows: "
                + String.join(", ", feature.values()));
      }
    }
    return sentences;
  }

  /** Returns a sentence on the rows that name no series, if there are any. */
  static Optional<String> withoutSeries(Task task, Table table) {
    if (task.series().isEmpty()) {
      return Optional.empty();
    }
    List<String> names = table.text(task.series().get());
    int[] blank =
        IntStream.range(0, names.size()).filter(row -> names.get(row).isBlank()).toArray();
    return blank.length == 0
        ? Optional.empty()
        : Optional.of(
            table.cellName(blank[0], task.series().get())
                + ": no series is named here"
                + (blank.length == 1
                    ? ""
                    : ", nor in "
                        + (blank.length == 2 ? "1 other row" : blank.length - 1 + " other rows"))
                + "; rows without a name are taken as a series of their own");
  }

  /**
   * Returns a sentence on the series that end before the last row of a table whose dates are read,
   * if something is forecast of any.
   */
  static Optional<String> early(Task task, Table read, List<Outlook> next) {
    if (task.series().isEmpty() || task.calendar().isEmpty()) {
      return Optional.empty();
    }
    Calendar calendar = task.calendar().get();
    Dates dates = read.dates(calendar.column());
    List<String> names = read.text(task.series().get());
    Set<String> forecast =
        next.stream().flatMap(one -> one.series().stream()).collect(Collectors.toSet());
    int end = read.rows() - 1;
    List<Integer> early =
        SeriesRows.of(read, task.series()).all().stream()
            .map(rows -> rows[rows.length - 1])
            .filter(last -> forecast.contains(names.get(last)))
            .filter(last -> dates.isGap(last, end, calendar.largestStep()))
            .toList();
    if (early.isEmpty()) {
      return Optional.empty();
    }
    int first = early.get(0);
    int others = early.size() - 1;
    return Optional.of(
        "'"
            + names.get(first)
            + "' ends at "
            + dates.text(first)
            + (others == 0
                ? ", before "
                : ", and " + others + " other series end" + (others == 1 ? "s" : "") + " before ")
            + dates.text(end)
            + ", where the table does: what is forecast follows "
            + (others == 0 ? "its own last row" : "the last row of each"));
  }

  /** Returns a sentence for each series of which fewer rows are forecast than the horizon. */
  static List<String> shortfalls(Task task, Table table, List<Outlook> next) {
    List<Optional<String>> all =
        task.series()
            .map(column -> table.text(column).stream().distinct().map(Optional::of).toList())
            .orElse(List.of(Optional.empty()));
    String target = task.target(0).column();
    List<String> sentences = new ArrayList<>();
    for (Optional<String> series : all) {
      long rows =
          next.stream()
              .filter(one -> one.series().equals(series) && one.target().equals(target))
              .count();
      if (rows < task.horizon()) {
        sentences.add(shortfall(task, rows, series.map(name -> " of '" + name + "'").orElse("")));
      }
    }
    return sentences;
  }

  private static String shortfall(Task task, long rows, String of) {
    return rows == 0
        ? "no row after the last one"
            + of
            + " is forecast: near it, there "
            + (task.window() == 1 ? "is no row" : "are no " + task.window() + " rows")
            + " without a gap or a missing value"
        : "of "
            + task.horizon()
            + " rows to forecast, only "
            + (rows == 1 ? "1 is" : rows + " are")
            + " after the last one"
            + of
            + ", as the forecast goes on from the rows before a gap or a missing value";
  }

  /**
   * Checks that a window has all that is read; one with a missing value forecasts nothing. What is
   * known in advance is read row by row, so none of the rows to forecast may be missing either.
   *
   * @throws DataException that names the first cell without a value, or the first row after a gap
   */
  static void requireValues(Task task, Table prepared, int[] window) {
    for (Feature feature : task.features()) {
      if (!feature.isText()) {
        double[] values = prepared.column(task.readName(feature));
        IntStream.of(window)
            .filter(row -> Double.isNaN(values[row]))
            .findFirst()
            .ifPresent(
                row -> {
                  throw new DataException(
                      prepared.cellName(row, feature.column())
                          + ": the value is missing, and the model forecasts from "
                          + (prepared.rows() == 1 ? "this row" : "the last rows")
                          + "; give it, or end the table with rows that have their values");
                });
      }
      if (feature.known()) {
        int last = window[window.length - 1];
        requireKnown(task, prepared, last, feature);
        task.calendar().ifPresent(dates -> requireNoGap(task, prepared, last, feature, dates));
      }
    }
  }

  private static void requireKnown(Task task, Table prepared, int last, Feature feature) {
    for (String input : task.inputs(feature)) {
      double[] later = prepared.column(task.lead(input, task.horizon()));
      if (Double.isNaN(later[last])) {
        throw new DataException(
            prepared.source()
                + ": column '"
                + feature.column()
                + "' is known in advance, and the model reads it in the "
                + (task.horizon() == 1 ? "row" : task.horizon() + " rows")
                + " after "
                + prepared.rowName(last)
                + "; end the table with "
                + (task.horizon() == 1 ? "it" : "them")
                + ", the cells of what is forecast left blank");
      }
    }
  }

  private static void requireNoGap(
      Task task, Table prepared, int last, Feature feature, Calendar calendar) {
    SeriesRows series = SeriesRows.of(prepared, task.series());
    Dates dates = prepared.dates(calendar.column());
    int before = last;
    for (int ahead = 1; ahead <= task.horizon(); ahead++) {
      int row = series.shift(last, ahead);
      if (dates.isGap(before, row, calendar.largestStep())) {
        String gap =
            prepared.cellName(row, calendar.column())
                + ": from "
                + dates.text(before)
                + " to "
                + dates.text(row)
                + " it is more than "
                + calendar.largestStep()
                + ", and column '"
                + feature.column()
                + "' is known in advance and read in every row to forecast; give the rows between";
        throw new DataException(dates.clockChange(before, row, calendar.spacing()).orElse(gap));
      }
      before = row;
    }
  }

  /** Returns the sentence on the last gap up to a row of a series, if it is a change of clocks. */
  private static Optional<String> clockChange(Task task, Table table, Calendar calendar, int last) {
    SeriesRows series = SeriesRows.of(table, task.series());
    Dates dates = table.dates(calendar.column());
    int row = last;
    int before = series.shift(row, -1);
    while (before >= 0 && !dates.isGap(before, row, calendar.largestStep())) {
      row = before;
      before = series.shift(row, -1);
    }
    return before < 0 ? Optional.empty() : dates.clockChange(before, row, calendar.spacing());
  }

  /**
   * Returns what is wrong with a table that has too few rows to forecast from.
   *
   * @param observed how many of its rows are to be gone on from
   */
  static DataException tooFew(Task task, Table table, int observed) {
    Optional<Calendar> calendar = task.calendar();
    int last = Math.max(0, observed - 1);
    return new DataException(
        table.source()
            + ": the model forecasts from "
            + (task.window() == 1 ? "1 row" : task.window() + " rows")
            + calendar
                .map(
                    dates ->
                        " not more than "
                            + dates.largestStep()
                            + " apart, and there are fewer up to the last one, "
                            + table.dates(dates.column()).text(last)
                            + " in "
                            + table.rowName(last)
                            + (observed < task.window()
                                ? "; give it the rows before"
                                : clockChange(task, table, dates, last)
                                    .map(change -> "; " + change)
                                    .orElse(
                                        "; give it the rows between, or, where there are none, train"
                                            + " with a larger --largest-step")))
                .orElse(", and there are fewer; give it the rows before"));
  }
}
