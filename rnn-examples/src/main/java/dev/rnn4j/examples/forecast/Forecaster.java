package dev.rnn4j.examples.forecast;

import dev.rnn4j.plan.Weights;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Step;
import dev.rnn4j.table.Table;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.window.Windows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A trained network with all that it needs to forecast from a table. */
final class Forecaster {
  private final Scaling scaling;
  private final Ensemble network;
  private final Weights weights;
  private final Predictor predictor;

  Forecaster(Scaling scaling, Ensemble network, Weights weights) {
    this.scaling = scaling;
    this.network = network;
    this.weights = weights;
    this.predictor = Predictor.of(network, weights);
  }

  Task task() {
    return scaling.task();
  }

  @Override
  public String toString() {
    return task() + ", by the mean of " + network.members().size() + " networks";
  }

  /**
   * Returns the forecast for each window.
   *
   * @param prepared with the columns that the task adds, not scaled
   * @param windows over the scaled table
   */
  double[] predict(Table prepared, Windows windows) {
    double[][] members = predictor.predict(windows.inputs()).toMatrix();
    double[] mean = new double[members.length];
    for (int n = 0; n < mean.length; n++) {
      for (double member : members[n]) {
        mean[n] += member / members[n].length;
      }
    }
    return scaling.forecasts(prepared, windows, mean);
  }

  /**
   * Returns forecasts for the rows that would come after a table's last one, by their dates: as
   * many as the horizon, each from the window that ends so many rows before it.
   *
   * @throws DataException where the last rows lack a value, or have a gap
   */
  Map<String, Double> next(Table table) {
    Task task = task();
    Table prepared = task.prepare(table);
    int from = Math.max(0, table.rows() - task.window() - task.horizon() + 1);
    Rows last = new Rows(from, table.rows());
    Windows windows = task.readings().over(scaling.apply(prepared).slice(last));
    double[] forecasts = predict(prepared.slice(last), windows);
    Map<String, Double> next = new LinkedHashMap<>();
    for (int window = 0; window < forecasts.length; window++) {
      int row = from + windows.inputRows(window)[task.window() - 1];
      int after = row + task.horizon() - (table.rows() - 1);
      if (after > 0) {
        next.put(nameAfterLast(table, after), forecasts[window]);
      }
    }
    return next;
  }

  /**
   * Checks that a table is one that this model can read.
   *
   * @throws DataException where it lacks a column, or its rows are further apart
   */
  void requireFit(Table table, Path model) {
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
    task().calendar().ifPresent(calendar -> requireStep(table, calendar, model));
  }

  private static void requireStep(Table table, Calendar trained, Path model) {
    Step step = Calendar.of(table, trained.column(), trained.largest()).step();
    if (!step.equals(trained.step())) {
      throw new DataException(
          table.source()
              + ": its dates in column '"
              + trained.column()
              + "' are "
              + step
              + " apart, and the model "
              + model
              + " was trained with "
              + trained.step()
              + "; give it rows as far apart");
    }
  }

  private String nameAfterLast(Table table, int rows) {
    Optional<Calendar> calendar = task().calendar();
    if (calendar.isEmpty()) {
      return rows == 1 ? "the next row" : rows + " rows after the last";
    }
    Dates dates = table.dates(calendar.get().column());
    return calendar.get().after(dates, table.rows() - 1, rows);
  }

  /**
   * Writes everything that {@link ForecasterFile#load} needs; the file is there as a whole, or as
   * it was.
   */
  void save(Path file) throws IOException {
    ForecasterFile.save(file, scaling, weights.values(network));
  }
}
