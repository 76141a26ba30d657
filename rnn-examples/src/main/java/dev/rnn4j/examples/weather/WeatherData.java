package dev.rnn4j.examples.weather;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.dataset.Bundled;
import dev.rnn4j.io.Batch;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.split.Split;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windowing;
import dev.rnn4j.window.Windows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The document's data: three features, scaled over all rows, and the next day's maximum
 * temperature; the first twentieth of the rows trains, the others test.
 *
 * @param rows as read
 * @param scaler fitted on all rows
 * @param scaled rows with scaled features
 * @param train the rows that train
 */
record WeatherData(Table rows, StandardScaler scaler, Table scaled, Rows train) {
  private static final String[] FEATURES = {"tmax", "tmin", "rain"};
  private static final String TARGET = "tmax_tomorrow";
  private static final double TRAINING_SHARE = 0.05;

  /** Reads the document's columns by their positions: date, features, target. */
  static WeatherData of(Path file) {
    return of(Csv.file(file).names("date", FEATURES[0], FEATURES[1], FEATURES[2], TARGET).read());
  }

  /** Returns the weather of Seattle; tomorrow of its last day is missing. */
  static WeatherData bundled() {
    Table weather = Bundled.seattleWeather();
    double[] tmax = weather.column("temp_max");
    double[] tomorrow = Arrays.copyOfRange(tmax, 1, tmax.length + 1);
    tomorrow[tmax.length - 1] = Double.NaN;
    return of(
        weather
            .with(FEATURES[0], tmax)
            .with(FEATURES[1], weather.column("temp_min"))
            .with(FEATURES[2], weather.column("precipitation"))
            .with(TARGET, tomorrow));
  }

  private static WeatherData of(Table rows) {
    StandardScaler scaler = StandardScaler.fit(rows, FEATURES);
    Rows train = Split.byFraction(rows.rows(), TRAINING_SHARE, 0).train();
    return new WeatherData(rows, scaler, scaler.transform(rows), train);
  }

  Rows test() {
    return new Rows(train.to(), rows.rows());
  }

  /**
   * Returns the first training windows, all of them for a negative count: the document's loop ends
   * before the last one that there is.
   */
  List<Batch> windows(int wanted) {
    Windows windows =
        Windowing.length(WeatherTraining.WINDOW)
            .horizon(0)
            .inputs(FEATURES)
            .targetAtEveryStep(TARGET)
            .over(scaled)
            .within(train);
    windows.requireComplete();
    int available = windows.size() - 1;
    if (wanted == 0 || wanted > available || available == 0) {
      throw new DataException(
          rows.source()
              + ": the training part, the first "
              + train.size()
              + " rows, has "
              + available
              + " windows of "
              + WeatherTraining.WINDOW
              + " rows; --windows takes 1 to "
              + available);
    }
    return IntStream.range(0, wanted < 0 ? available : wanted).mapToObj(windows::batch).toList();
  }

  /** Returns the scaled features of some rows, {@code [rows][3]}. */
  double[][] inputs(Rows chosen) {
    return scaled.slice(chosen).matrix(FEATURES);
  }

  /** Returns the targets of some rows. */
  double[] targets(Rows chosen) {
    return rows.slice(chosen).column(TARGET);
  }
}
