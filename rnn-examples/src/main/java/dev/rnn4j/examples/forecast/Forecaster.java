package dev.rnn4j.examples.forecast;

import dev.rnn4j.batch.Batches;
import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Runs;
import dev.rnn4j.table.Table;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.window.Windows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A trained network with all that it needs to forecast from a table. */
final class Forecaster {
  private static final int BATCH = 512;

  private final Scaling scaling;
  private final Ensemble network;
  private final Weights weights;
  private final Predictor predictor;
  private final List<Interval> intervals;

  /**
   * Creates a forecaster.
   *
   * @param intervals of its forecasts, by how many rows they are ahead
   */
  Forecaster(Scaling scaling, Ensemble network, Weights weights, List<Interval> intervals) {
    this.scaling = scaling;
    this.network = network;
    this.weights = weights;
    this.predictor = Predictor.of(network, weights);
    this.intervals = List.copyOf(intervals);
  }

  /** Returns a forecaster with the intervals that its errors on known rows ask for. */
  static Forecaster of(Dataset data, Ensemble network, Weights weights) {
    Forecaster bare = new Forecaster(data.scaling(), network, weights, List.of());
    List<Interval> intervals = data.intervals(windows -> bare.predict(data.table(), windows));
    return new Forecaster(data.scaling(), network, weights, intervals);
  }

  Task task() {
    return scaling.task();
  }

  @Override
  public String toString() {
    return task() + ", by the mean of " + network.members().size() + " networks";
  }

  /**
   * Returns the forecasts for each window: {@code [H][N]}.
   *
   * @param prepared with the columns that the task adds, not scaled
   * @param windows over the scaled table
   */
  double[][] predict(Table prepared, Windows windows) {
    int horizon = task().horizon();
    double[][] mean = new double[horizon][windows.size()];
    int n = 0;
    for (Batch batch : Batches.of(windows, BATCH)) {
      for (double[] outputs : predictor.predict(batch.x()).toMatrix()) {
        int members = outputs.length / horizon;
        for (int output = 0; output < outputs.length; output++) {
          mean[output % horizon][n] += outputs[output] / members;
        }
        n++;
      }
    }
    return scaling.forecasts(prepared, windows, mean);
  }

  /**
   * Returns forecasts for what comes after a table's last row, by their dates: as many as the
   * horizon, from the last window that there is, and dated from that window's last row.
   *
   * @param table whose dates are read
   * @throws DataException where the last rows lack a value, or have a gap
   */
  Map<String, Outlook> next(Table table) {
    Task task = task();
    int from = Math.max(0, table.rows() - task.window() - task.horizon() + 1);
    Table prepared = task.prepare(table.slice(new Rows(from, table.rows())));
    if (longestRun(prepared) < task.window()) {
      throw tooFewRows(prepared);
    }
    Windows windows = task.readings().over(scaling.apply(prepared));
    requireValues(prepared, windows);
    double[][] forecasts = predict(prepared, windows);
    int window = windows.size() - 1;
    int row = windows.inputRows(window)[task.window() - 1];
    Map<String, Outlook> next = new LinkedHashMap<>();
    for (int ahead = 1; ahead <= task.horizon(); ahead++) {
      Outlook outlook = new Outlook(forecasts[ahead - 1][window], intervals.get(ahead - 1));
      Optional<String> name = nameAfterLast(prepared, row, ahead);
      if (name.isPresent() && next.putIfAbsent(name.get(), outlook) != null) {
        throw new IllegalStateException("two forecasts are for " + name.get());
      }
    }
    if (next.isEmpty()) {
      throw tooFewRows(prepared);
    }
    return next;
  }

  /** A window with a missing value forecasts nothing. */
  private void requireValues(Table table, Windows windows) {
    for (String feature : task().features()) {
      double[] values = table.column(feature);
      IntStream.range(0, windows.size())
          .flatMap(window -> IntStream.of(windows.inputRows(window)))
          .filter(row -> Double.isNaN(values[row]))
          .findFirst()
          .ifPresent(
              row -> {
                throw new DataException(
                    table.cellName(row, feature)
                        + ": the value is missing, and the model forecasts from "
                        + (table.rows() == 1 ? "this row" : "the last rows")
                        + "; give it, or end the table with rows that have their values");
              });
    }
  }

  private int longestRun(Table table) {
    Optional<Calendar> calendar = task().calendar();
    return Runs.of(
            table,
            calendar.map(Calendar::column),
            Optional.empty(),
            calendar.map(Calendar::largestStep))
        .longest();
  }

  private DataException tooFewRows(Table table) {
    Optional<Calendar> calendar = task().calendar();
    int last = table.rows() - 1;
    return new DataException(
        table.source()
            + ": the model forecasts from "
            + (task().window() == 1 ? "1 row" : task().window() + " rows")
            + calendar
                .map(
                    dates ->
                        " not more than "
                            + dates.largestStep()
                            + " apart, and there are fewer up to the last one, "
                            + table.dates(dates.column()).text(last)
                            + " in "
                            + table.rowName(last)
                            + "; give it the rows between")
                .orElse(", and there are fewer; give it the rows before"));
  }

  /**
   * Checks that a table is one that this model can read.
   *
   * @throws DataException where it lacks a column
   */
  void requireColumns(Table table, Path model) {
    for (String column : task().columns()) {
      if (!table.names().contains(column)) {
        throw new DataException(
            table.source()
                + " has no column '"
                + column
                + "', which the model "
                + model
                + " needs: "
                + String.join(", ", task().columns())
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
  void requireSpacing(Table table) {
    task()
        .calendar()
        .ifPresent(
            calendar ->
                table.dates(calendar.column()).requireNotCloser(calendar.spacing(), "the model"));
  }

  /** Returns the name of the row so many rows after another, none where it is in the table. */
  private Optional<String> nameAfterLast(Table table, int row, int ahead) {
    if (task().calendar().isEmpty()) {
      int after = row + ahead - (table.rows() - 1);
      return after > 0
          ? Optional.of(after == 1 ? "the next row" : after + " rows after the last")
          : Optional.empty();
    }
    Calendar calendar = task().calendar().get();
    Dates dates = table.dates(calendar.column());
    return dates.isAfterLast(row, calendar.spacing(), ahead)
        ? Optional.of(dates.textAfter(row, calendar.spacing(), ahead))
        : Optional.empty();
  }

  /**
   * Writes everything that {@link ForecasterFile#load} needs; the file is there as a whole, or as
   * it was.
   */
  void save(Path file) throws IOException {
    ForecasterFile.save(file, scaling, intervals, weights.values(network));
  }
}
