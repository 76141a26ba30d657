package dev.rnn4j.forecast.internal.prepare;

import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Fits the scalers of single series of a prepared table, beside that of all rows together. */
final class SeriesFit {
  /** With fewer values of its targets, a series may yet turn out to be otherwise. */
  private static final int FEWEST = 10;

  /** With fewer changes, a series has no deviation of them. */
  private static final int FEWEST_TO_DEVIATE = 3;

  /** One change alone is no rule. */
  private static final int FEWEST_CHANGES = 2;

  /** Changes that differ by less than this share of the level are the same but for rounding. */
  private static final double ROUNDING = 1e-12;

  /** A series of zeros may yet change, and be as large as others. */
  private static final double SMALLEST_SHARE = 1e-3;

  private final Task task;
  private final StandardScaler all;
  private final Table prepared;

  /** Those that were looked at. */
  private final Map<Integer, double[]> columns = new HashMap<>();

  SeriesFit(Task task, StandardScaler all, Table prepared) {
    this.task = task;
    this.all = all;
    this.prepared = prepared;
  }

  private double[] column(int column) {
    return columns.computeIfAbsent(column, place -> prepared.column(all.columns().get(place)));
  }

  /** Returns the scaler of all rows together, where they are one series. */
  StandardScaler scaler() {
    int[] rows = IntStream.range(0, prepared.rows()).toArray();
    double[] scale = all.scale();
    for (int output = 0; output < task.outputs(); output++) {
      if (isAlwaysTheSame(output, rows)) {
        // The mean of all rows is that of the same changes already.
        scale[change(output)] = 0;
      }
    }
    return scaler(all.mean(), scale);
  }

  /**
   * Returns the scaler of the rows of one series. An input that is always the same there is as wide
   * as in all series together. A change of a target that is always the same has no width; where too
   * few are known, their width is that of all series, less as the series is smaller than those: its
   * forecasts are then neither better nor much worse than its last value.
   *
   * @param begin whether the rows only begin the series, so that they show no rule
   */
  StandardScaler scaler(int[] rows, boolean begin) {
    double[] mean = all.mean();
    double[] scale = all.scale();
    for (int column = 0; column < mean.length; column++) {
      double[] known = known(column, rows);
      if (known.length > 0) {
        StandardScaler own =
            StandardScaler.fit(Table.of(Arrays.stream(known).mapToObj(v -> new double[] {v})));
        mean[column] = own.mean()[0];
        scale[column] = vary(known) ? own.scale()[0] : scale[column];
      }
    }
    for (int output = 0; output < task.outputs(); output++) {
      int column = change(output);
      double[] known = known(column, rows);
      boolean same = isAlwaysTheSame(output, rows);
      if (same && !begin) {
        mean[column] = DoubleArrays.mean(changes(output, rows));
        scale[column] = 0;
      } else if (same || known.length < FEWEST_TO_DEVIATE || !vary(known)) {
        double share = share(level(output), rows);
        mean[column] = share * all.mean()[column];
        scale[column] = share * all.scale()[column];
      }
    }
    return scaler(mean, scale);
  }

  private StandardScaler scaler(double[] mean, double[] scale) {
    return StandardScaler.fromTensors(
        all.columns(), Map.of("mean", Tensor.of(mean), "scale", Tensor.of(scale)));
  }

  /** Returns whether so few values of a target are known that other rows may say otherwise. */
  boolean isProvisional(int[] rows) {
    return IntStream.range(0, task.outputs())
        .anyMatch(output -> known(level(output), rows).length < FEWEST);
  }

  /** Returns whether rows are enough to see whether a series varies. */
  boolean showsChanges(int[] rows) {
    return IntStream.range(0, task.outputs())
        .allMatch(output -> changes(output, rows).length >= FEWEST_CHANGES);
  }

  private double[] known(int column, int[] rows) {
    double[] values = column(column);
    return DoubleArrays.sorted(IntStream.of(rows).mapToDouble(row -> values[row]).toArray());
  }

  private static boolean vary(double[] sorted) {
    return sorted[0] < sorted[sorted.length - 1];
  }

  /**
   * Returns the changes of an output, sorted. The column of changes lacks the last ones, as all
   * outputs look at them from the same row.
   */
  private double[] changes(int output, int[] rows) {
    double[] levels = column(level(output));
    int ahead = task.ahead(output);
    return DoubleArrays.sorted(
        IntStream.range(ahead, rows.length)
            .mapToDouble(i -> levels[rows[i]] - levels[rows[i - ahead]])
            .toArray());
  }

  private boolean isAlwaysTheSame(int output, int[] rows) {
    double[] changes = changes(output, rows);
    double largest = DoubleStream.of(known(level(output), rows)).map(Math::abs).max().orElse(0);
    return changes.length >= FEWEST_CHANGES
        && changes[changes.length - 1] - changes[0] <= ROUNDING * largest;
  }

  /** Returns how large the values of some rows are beside those of all series, 1 at most. */
  private double share(int column, int[] rows) {
    double[] known = known(column, rows);
    double ofAll = Math.hypot(all.mean()[column], all.scale()[column]);
    double squares =
        DoubleStream.of(known).map(value -> value * value).average().orElse(ofAll * ofAll);
    return Math.min(1, Math.max(SMALLEST_SHARE, Math.sqrt(squares) / ofAll));
  }

  private int change(int output) {
    return all.columns().indexOf(task.changes().get(output));
  }

  private int level(int output) {
    return all.columns().indexOf(task.level(task.target(output)));
  }
}
