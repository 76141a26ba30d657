package dev.rnn4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A backtest with a rolling origin: a model is trained on the rows up to an origin and tested on
 * those after it, then the origin moves on (Tashman, 2000).
 *
 * <p>{@code RollingOrigin.expanding(730, 90).folds(table.rows())}
 */
public final class RollingOrigin {
  /**
   * One origin.
   *
   * @param train the rows before it
   * @param test the rows after it
   */
  public record Fold(Rows train, Rows test) {}

  private final boolean sliding;
  private final int train;
  private final int test;
  private final int step;

  private RollingOrigin(boolean sliding, int train, int test, int step) {
    checkArgument(
        train > 0 && test > 0 && step > 0,
        "%s rows to train, %s to test and a step of %s cannot be; each must be at least 1",
        train,
        test,
        step);
    this.sliding = sliding;
    this.train = train;
    this.test = test;
    this.step = step;
  }

  /** Trains on all rows before the origin, {@code train} the first time. */
  public static RollingOrigin expanding(int train, int test) {
    return new RollingOrigin(false, train, test, test);
  }

  /** Trains on the last {@code train} rows before the origin. */
  public static RollingOrigin sliding(int train, int test) {
    return new RollingOrigin(true, train, test, test);
  }

  /** Sets by how many rows the origin moves; by the test rows if not set. */
  public RollingOrigin step(int rows) {
    return new RollingOrigin(sliding, train, test, rows);
  }

  /**
   * Returns the folds in the order of time. Every test part is whole; rows at the end that do not
   * make one are in none.
   *
   * @throws DataException where there are too few rows for one fold
   */
  public List<Fold> folds(int rows) {
    if (rows < train + test) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%d rows are too few for a backtest with %d to train and %d to test; take less of"
                  + " either",
              rows,
              train,
              test));
    }
    List<Fold> folds = new ArrayList<>();
    for (int origin = train; origin <= rows - test; origin += step) {
      int from = sliding ? origin - train : 0;
      folds.add(new Fold(new Rows(from, origin), new Rows(origin, origin + test)));
    }
    return List.copyOf(folds);
  }
}
