package dev.rnn4j.forecast.internal.model;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.forecast.internal.network.Network;
import dev.rnn4j.forecast.internal.network.NetworkForecasts;
import dev.rnn4j.forecast.internal.network.Size;
import dev.rnn4j.forecast.internal.prepare.Preparation;
import dev.rnn4j.forecast.internal.prepare.Scaling;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.quantile.Band;
import dev.rnn4j.forecast.internal.quantile.Bands;
import dev.rnn4j.forecast.internal.quantile.Intervals;
import dev.rnn4j.forecast.internal.task.Calendar;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Runs;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.window.Windows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A trained network with all that it needs to forecast from a table. */
public final class ForecastModel {
  private final Scaling scaling;
  private final Size size;
  private final Network network;
  private final Weights weights;
  private final Predictor predictor;
  private final Intervals intervals;
  private final Map<String, String> reading;

  /**
   * Creates a model.
   *
   * @param intervals of its forecasts
   */
  public ForecastModel(
      Scaling scaling, Size size, Network network, Weights weights, Intervals intervals) {
    this(scaling, size, network, weights, intervals, Map.of());
  }

  ForecastModel(
      Scaling scaling,
      Size size,
      Network network,
      Weights weights,
      Intervals intervals,
      Map<String, String> reading) {
    this.scaling = scaling;
    this.size = size;
    this.network = network;
    this.weights = weights;
    this.predictor = Predictor.of(network, weights);
    this.intervals = intervals;
    this.reading = ImmutableMap.copyOf(reading);
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @param precision to forecast in; that of the training unless given
   * @throws IOException where it cannot be read, or is damaged
   * @throws IllegalArgumentException where it holds something else
   */
  public static ForecastModel load(Path file, Optional<Precision> precision) throws IOException {
    return ForecastFile.load(file, precision);
  }

  /**
   * Returns this model with how its tables are read.
   *
   * @param settings of {@link dev.rnn4j.csv.Csv}
   */
  public ForecastModel readAs(Map<String, String> settings) {
    return new ForecastModel(scaling, size, network, weights, intervals, settings);
  }

  public Task task() {
    return scaling.task();
  }

  /** Returns how its tables are read: settings of {@link dev.rnn4j.csv.Csv}. */
  public Map<String, String> reading() {
    return reading;
  }

  @Override
  public String toString() {
    return task()
        + (isLinear()
            ? ", by a linear model alone"
            : ", by a linear model and what "
                + network.members().size()
                + " networks add to it on average");
  }

  /** Networks that never learnt read nothing out. */
  private boolean isLinear() {
    return network.members().stream()
        .map(member -> weights.get(member.readout().weight()))
        .allMatch(weight -> DoubleStream.of(weight.toDoubles()).allMatch(one -> one == 0));
  }

  /**
   * Returns the forecasts for each window.
   *
   * @param prepared with the columns that the task adds, not scaled
   * @param windows over the scaled table
   */
  public Bands forecast(Table prepared, Windows windows) {
    return forecast(scaling, prepared, windows);
  }

  private Bands forecast(Scaling scaled, Table prepared, Windows windows) {
    return intervals.around(
        NetworkForecasts.of(predictor, scaled, prepared, windows),
        scaled.series(prepared, windows),
        scaled::units);
  }

  /**
   * Returns forecasts for what comes after a table's last row, or that of each series: for each
   * target as many as the horizon, from the last window that there is, and dated from that window's
   * last row. Where inputs are known in advance, rows in which the targets are missing follow.
   *
   * @param table as it was read
   * @throws DataException where a column is missing, the last rows lack a value, or have a gap
   */
  public List<Outlook> next(Table table) {
    NewRows.requireColumns(task(), table);
    Table read = task().read(table);
    NewRows.requireSpacing(task(), read);
    return nextOf(read);
  }

  /**
   * Returns which texts of a table the model did not meet when it learnt, a sentence a column; of
   * which series fewer rows after the last one are forecast than the horizon; which end before the
   * others; and which rows name none.
   *
   * @param next its forecasts
   * @throws DataException where a column is missing
   */
  public List<String> remarks(Table table, List<Outlook> next) {
    NewRows.requireColumns(task(), table);
    return remarks(table, task().read(table), next);
  }

  /** Returns the same of a table whose dates are read. */
  public List<String> remarksOf(Table table, List<Outlook> next) {
    return remarks(table, table, next);
  }

  private List<String> remarks(Table table, Table read, List<Outlook> next) {
    List<String> remarks = new ArrayList<>(NewRows.newTexts(task(), table));
    NewRows.withoutSeries(task(), table).ifPresent(remarks::add);
    remarks.addAll(NewRows.shortfalls(task(), table, next));
    NewRows.early(task(), read, next).ifPresent(remarks::add);
    return remarks;
  }

  /** Returns forecasts for what comes after the last row of a table whose dates are read. */
  public List<Outlook> nextOf(Table table) {
    Task task = task();
    int observed = task.observed(table);
    boolean all = task.series().isPresent() || task.features().stream().anyMatch(Feature::filled);
    int from = all ? 0 : Math.max(0, observed - task.window() - task.horizon() + 1);
    Table last = table.slice(new Rows(from, table.rows()));
    if (longestRun(last) < task.window()) {
      throw NewRows.tooFew(task, last, observed - from);
    }
    Table prepared = Preparation.of(task, last);
    // A series that is new is scaled by the rows that it has here.
    Scaling scaled = scaling.including(prepared);
    Windows windows = task.readings().over(scaled.apply(prepared));
    List<Outlook> next = new ArrayList<>();
    for (int[] series : SeriesRows.of(prepared, task.series()).all()) {
      int end = lastObserved(prepared, series, observed - from);
      IntStream.iterate(windows.size() - 1, window -> window >= 0, window -> window - 1)
          .filter(window -> isOf(windows, window, series, end))
          .findFirst()
          .ifPresent(window -> next.addAll(next(scaled, prepared, windows, window, end)));
    }
    if (next.isEmpty()) {
      throw NewRows.tooFew(task, last, observed - from);
    }
    return next;
  }

  /** Returns the last row of a series in which a target may be known. */
  private int lastObserved(Table prepared, int[] series, int observed) {
    List<double[]> targets = task().targetNames().stream().map(prepared::column).toList();
    boolean known = task().features().stream().anyMatch(Feature::known);
    int place = series.length - 1;
    while (place > 0 && known && isUnknown(targets, series[place])) {
      place--;
    }
    return known ? series[place] : Math.min(series[place], observed - 1);
  }

  private static boolean isUnknown(List<double[]> targets, int row) {
    return targets.stream().allMatch(values -> Double.isNaN(values[row]));
  }

  private boolean isOf(Windows windows, int window, int[] series, int end) {
    int last = windows.inputRows(window)[task().window() - 1];
    return last <= end && Arrays.binarySearch(series, last) >= 0;
  }

  private List<Outlook> next(Scaling scaled, Table prepared, Windows windows, int window, int end) {
    Task task = task();
    int[] read = windows.inputRows(window);
    int row = read[task.window() - 1];
    NewRows.requireValues(task, prepared, read);
    Bands bands = forecast(scaled, prepared, windows.withTargetsWithin(new Rows(row, row + 1)));
    Optional<String> series = task.series().map(column -> prepared.text(column).get(row));
    List<Outlook> next = new ArrayList<>();
    for (int output = 0; output < task.outputs(); output++) {
      Band band = bands.output(output);
      String target = task.target(output).column();
      nameAfter(prepared, row, end, task.ahead(output))
          .ifPresent(
              name ->
                  next.add(
                      new Outlook(
                          name, series, target, band.point()[0], band.low()[0], band.high()[0])));
    }
    return next;
  }

  private int longestRun(Table table) {
    Optional<Calendar> calendar = task().calendar();
    return Runs.of(
            table,
            calendar.map(Calendar::column),
            task().series(),
            calendar.map(Calendar::largestStep))
        .longest();
  }

  /**
   * Returns the name of the row so many rows after another, none where it is known already.
   *
   * @param end the last row of the series that is known
   */
  private Optional<String> nameAfter(Table table, int row, int end, int ahead) {
    if (task().calendar().isEmpty()) {
      int after = row + ahead - end;
      return after > 0
          ? Optional.of(after == 1 ? "the next row" : after + " rows after the last")
          : Optional.empty();
    }
    Calendar calendar = task().calendar().get();
    Dates dates = table.slice(new Rows(0, end + 1)).dates(calendar.column());
    return dates.isAfterLast(row, calendar.spacing(), ahead)
        ? Optional.of(dates.textAfter(row, calendar.spacing(), ahead))
        : Optional.empty();
  }

  /** Writes everything that {@link #load} needs. The file is there as a whole, or as it was. */
  public void save(Path file) throws IOException {
    ForecastFile.save(file, scaling, size, intervals, reading, weights.values(network));
  }
}
