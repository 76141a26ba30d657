package dev.rnn4j.forecast.internal.task;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A column that is read, and how.
 *
 * @param column its name
 * @param values the texts that have an input each, 1 where it stands in the cell; none for numbers
 * @param log whether its logarithm is read
 * @param known whether it is known in advance, so that the rows to forecast are read too
 * @param filled whether missing numbers are filled with the last known one, and marked
 */
public record Feature(
    String column, List<String> values, boolean log, boolean known, boolean filled) {
  public Feature {
    values = ImmutableList.copyOf(values);
  }

  public static Feature number(String column) {
    return new Feature(column, List.of(), false, false, false);
  }

  public static Feature text(String column, List<String> values) {
    return new Feature(column, values, false, false, false);
  }

  public Feature withLog(boolean newLog) {
    return new Feature(column, values, newLog, known, filled);
  }

  public Feature inAdvance() {
    return new Feature(column, values, log, true, filled);
  }

  public Feature withFilled(boolean newFilled) {
    return new Feature(column, values, log, known, newFilled);
  }

  public boolean isText() {
    return !values.isEmpty();
  }

  /** Returns the names of the inputs that cells of a text give, in the order of the values. */
  List<String> indicators() {
    return values.stream().map(value -> column + " = " + value).toList();
  }

  /** Returns 1 where a value stands, else 0. */
  public static double[] indicator(List<String> cells, String value) {
    return cells.stream().mapToDouble(cell -> cell.strip().equals(value) ? 1 : 0).toArray();
  }

  /** Returns what is read of numbers. */
  public double[] read(double[] numbers) {
    double[] read = numbers.clone();
    if (log) {
      Arrays.setAll(read, row -> Transform.LOG.apply(read[row]));
    }
    return read;
  }

  /** Returns the name of what {@link #read} returns. */
  public String readName() {
    return log ? Transform.LOG + " of " + column : column;
  }

  /** Returns the words for what is done to the column, empty where it is read as it is. */
  public Stream<String> remarks() {
    return log ? Stream.of(readName()) : Stream.empty();
  }
}
