package dev.rnn4j.forecast;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.forecast.internal.model.ForecastModel;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model that the command {@code forecast} trained and saved, to be asked for what follows the
 * last row of a table:
 *
 * <pre>{@code
 * Forecaster forecaster = Forecaster.load(Path.of("out/sales/model.safetensors"));
 * List<Outlook> next = forecaster.next(Path.of("sales.csv"));
 * }</pre>
 *
 * <p>The numbers are those of {@code forecast --model}, to the last bit. Thread-safe: many threads
 * may ask one forecaster at once.
 */
public final class Forecaster {
  private final ForecastModel model;

  private Forecaster(ForecastModel model) {
    this.model = model;
  }

  /**
   * Reads a model that the command {@code forecast} wrote, in the precision that it was trained in.
   *
   * @throws IOException where it cannot be read, or is damaged
   * @throws IllegalArgumentException where it holds something else
   */
  public static Forecaster load(Path file) throws IOException {
    checkNotNull(file, "a forecaster was given null as its file");
    return new Forecaster(ForecastModel.load(file, Optional.empty()));
  }

  /**
   * Reads a model that the command {@code forecast} wrote, to forecast in another precision.
   *
   * @throws IOException where it cannot be read, or is damaged
   * @throws IllegalArgumentException where it holds something else
   */
  public static Forecaster load(Path file, Precision precision) throws IOException {
    checkNotNull(file, "a forecaster was given null as its file");
    checkNotNull(precision, "a forecaster was given null as its precision");
    return new Forecaster(ForecastModel.load(file, Optional.of(precision)));
  }

  /** Returns the names of the columns that are forecast. */
  public List<String> targets() {
    return model.task().targetNames();
  }

  /** Returns the names of the columns that a table must have; it may have more. */
  public List<String> columns() {
    return model.task().columns();
  }

  /** Returns how many rows are forecast of each series. */
  public int horizon() {
    return model.task().horizon();
  }

  /**
   * Returns forecasts for what follows the last row of a table, or the last row of each of its
   * series. For each target there are as many as the {@link #horizon()}, counted from the last
   * window that has all its values, without those whose rows have a known target. Where columns are
   * known in advance, the rows to forecast stand at the end of the table, their targets blank.
   *
   * @param table as it was read, its dates as texts
   * @throws dev.rnn4j.table.DataException where a column is missing, a date cannot be read, or the
   *     last rows lack a value or have a gap
   * @see #remarks
   */
  public List<Outlook> next(Table table) {
    checkNotNull(table, "a forecaster was given null as its table");
    return model.next(table);
  }

  /**
   * Returns what one should know of a table before one relies on its forecasts, a sentence each:
   * which texts of a column the model did not meet when it learnt, and reads as none of those that
   * it knows; where fewer rows after the last one are forecast than the {@link #horizon()}, as
   * there is a gap or a missing value; which series end before the others, and go on from there;
   * and which rows name no series.
   *
   * @param next what {@link #next(Table)} returned for the table
   * @throws dev.rnn4j.table.DataException where a column is missing
   */
  public List<String> remarks(Table table, List<Outlook> next) {
    checkNotNull(table, "a forecaster was given null as its table");
    checkNotNull(next, "a forecaster was given null as its forecasts");
    return model.remarks(table, next);
  }

  /**
   * Reads a table from CSV as the one was read that the model learnt from, and returns what follows
   * it.
   *
   * @throws dev.rnn4j.table.DataException where the file cannot be read, or {@link #next(Table)}
   *     throws one
   * @see #reading(Csv)
   */
  public List<Outlook> next(Path csv) {
    checkNotNull(csv, "a forecaster was given null as its CSV");
    return next(reading(Csv.file(csv)).read());
  }

  /**
   * Returns a reader with all that was set for the table that the model learnt from, by options as
   * {@code --separator}, {@code --encoding}, {@code --missing} or {@code --date-format}. What is
   * set in it afterwards counts instead:
   *
   * <pre>{@code
   * Table table = forecaster.reading(Csv.stream("upload", in)).charset(UTF_8).read();
   * }</pre>
   */
  public Csv reading(Csv table) {
    checkNotNull(table, "a forecaster was given null as its CSV");
    return table.set(model.reading());
  }

  /** Returns what is forecast from what, in words. */
  @Override
  public String toString() {
    return model.toString();
  }
}
