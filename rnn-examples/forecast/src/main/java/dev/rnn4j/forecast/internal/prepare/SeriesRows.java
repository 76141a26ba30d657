package dev.rnn4j.forecast.internal.prepare;

import dev.rnn4j.table.Runs;
import dev.rnn4j.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rows of a table as those of series, each in its order. */
public final class SeriesRows {
  private final List<int[]> order;
  private final int[] seriesOf;
  private final int[] placeOf;

  private SeriesRows(List<int[]> order, int rows) {
    this.order = order;
    this.seriesOf = new int[rows];
    this.placeOf = new int[rows];
    for (int series = 0; series < order.size(); series++) {
      int[] mine = order.get(series);
      for (int place = 0; place < mine.length; place++) {
        seriesOf[mine[place]] = series;
        placeOf[mine[place]] = place;
      }
    }
  }

  /** Returns the rows by the column that tells series apart; without one, all are one series. */
  public static SeriesRows of(Table table, Optional<String> series) {
    Runs runs = Runs.of(table, Optional.empty(), series, Optional.empty());
    return new SeriesRows(runs.all().stream().map(Runs.Run::rows).toList(), table.rows());
  }

  /** Returns the rows of each series. */
  public List<int[]> all() {
    return order;
  }

  public int count() {
    return order.size();
  }

  /** Returns the row so many rows later in the same series, −1 where there is none. */
  public int shift(int row, int by) {
    int[] mine = order.get(seriesOf[row]);
    int place = placeOf[row] + by;
    return place < 0 || place >= mine.length ? -1 : mine[place];
  }

  /** Returns the first row of the series of a row. */
  public int first(int row) {
    return order.get(seriesOf[row])[0];
  }

  /** Returns how many rows of its series are before a row. */
  public int place(int row) {
    return placeOf[row];
  }

  /** Returns for each row the value so many rows later in its series, NaN where there is none. */
  public double[] shifted(double[] values, int by) {
    double[] shifted = new double[values.length];
    Arrays.setAll(
        shifted,
        row -> {
          int other = shift(row, by);
          return other < 0 ? Double.NaN : values[other];
        });
    return shifted;
  }
}
