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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
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
  private static final List<String> VALUES = List.of(FEATURES[0], FEATURES[1], FEATURES[2], TARGET);
  private static final int SHOWN = 5;
  private static final double TRAINING_SHARE = 0.05;

  /** With so many, there is one training window. */
  private static final int LEAST_ROWS = 20 * (WeatherTraining.WINDOW + 1);

  /** Reads the document's columns by their positions: date, features, target. */
  static WeatherData of(Csv file) {
    String[] names = {"date", FEATURES[0], FEATURES[1], FEATURES[2], TARGET};
    try {
      return of(file.names(names).read());
    } catch (DataException e) {
      Table own = file.read();
      if (own.names().size() == names.length) {
        throw e;
      }
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d columns; weather reads five by their positions: date, maximum, minimum,"
                  + " rain, tomorrow's maximum (forecast takes other tables)",
              own.source(),
              own.names().size()),
          e);
    }
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
    if (rows.rows() < LEAST_ROWS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d rows, and needs %d: the first twentieth trains",
              rows.source(),
              rows.rows(),
              LEAST_ROWS));
    }
    StandardScaler scaler = StandardScaler.fit(rows, FEATURES);
    Rows train = Split.byFraction(rows.rows(), TRAINING_SHARE, 0).train();
    return new WeatherData(rows, scaler, scaler.transform(rows), train);
  }

  /** Returns the first and last rows as the document shows them. */
  List<String> preview() {
    List<String> lines = new ArrayList<>(List.of("Unnamed: 0,date," + String.join(",", VALUES)));
    int count = rows.rows();
    if (count <= 2 * SHOWN) {
      lines.addAll(lines(0, count));
    } else {
      lines.addAll(lines(0, SHOWN));
      lines.add("..." + ",...".repeat(VALUES.size() + 1));
      lines.addAll(lines(count - SHOWN, count));
    }
    return lines;
  }

  private List<String> lines(int from, int to) {
    Table part = rows.slice(new Rows(from, to));
    List<String> dates = part.text("date");
    double[][] values = part.matrix(VALUES.toArray(String[]::new));
    return IntStream.range(0, to - from)
        .mapToObj(
            row ->
                from
                    + row
                    + ","
                    + dates.get(row)
                    + ","
                    + DoubleStream.of(values[row])
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(",")))
        .toList();
  }

  Rows test() {
    return new Rows(train.to(), rows.rows());
  }

  /**
   * Returns the first training windows, all of them for a negative count: the document's loop ends
   * before the last one that there is.
   *
   * @throws DataException where there are fewer, or a value is missing in one
   */
  List<Batch> windows(int wanted) {
    int available = train.size() - WeatherTraining.WINDOW;
    if (wanted == 0 || wanted > available) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: --windows takes 1 to %d, the windows of %d rows among the %d that train",
              rows.source(),
              available,
              WeatherTraining.WINDOW,
              train.size()));
    }
    int count = wanted < 0 ? available : wanted;
    Windows windows =
        Windowing.length(WeatherTraining.WINDOW)
            .horizon(0)
            .inputs(FEATURES)
            .targetAtEveryStep(TARGET)
            .over(scaled)
            .within(new Rows(0, count + WeatherTraining.WINDOW - 1));
    windows.requireComplete();
    return IntStream.range(0, count).mapToObj(windows::batch).toList();
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
