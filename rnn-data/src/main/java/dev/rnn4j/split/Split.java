package dev.rnn4j.split;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Rows;
import java.time.LocalDate;

/**
 * The rows of a table in three parts, in the order of time: what is learnt from, what choices are
 * made on, and what is looked at once, at the end. Validation or test may be empty.
 *
 * @param train the first rows
 * @param validation the rows after them
 * @param test the last rows
 */
public record Split(Rows train, Rows validation, Rows test) {
  /** Creates the split of three parts. */
  public Split {
    checkNotNull(train, "a split was given null as its rows to train on");
    checkNotNull(validation, "a split was given null as its rows to validate on");
    checkNotNull(test, "a split was given null as its rows to test on");
  }

  /**
   * Splits by fractions of the rows; what is left is the test part. The counts are rounded down.
   *
   * @throws IllegalArgumentException for fractions that are negative or more than 1 in sum
   * @throws DataException where no row is left to train on
   */
  public static Split byFraction(int rows, double train, double validation) {
    checkArgument(
        train > 0 && validation >= 0 && train + validation <= 1 + ROUNDING,
        "the fractions %s and %s cannot be; give a positive one and one from 0, in sum at most 1",
        train,
        validation);
    return at(rows, count(train, rows), count(train + validation, rows));
  }

  /** 0.7 + 0.1 of 10 rows are 8 rows, though the product is 7.999… */
  private static final double ROUNDING = 1e-9;

  private static int count(double fraction, int rows) {
    return Math.min(rows, (int) Math.floor(fraction * rows + ROUNDING));
  }

  /**
   * Splits by date: rows before {@code validationFrom} train, rows from {@code testFrom} test.
   *
   * @throws DataException where the dates do not ascend, or no row is left to train on
   */
  public static Split byDate(Dates dates, LocalDate validationFrom, LocalDate testFrom) {
    checkArgument(
        !testFrom.isBefore(validationFrom),
        "the test part from %s begins before the validation part from %s; swap them",
        testFrom,
        validationFrom);
    return at(dates.size(), dates.firstRowFrom(validationFrom), dates.firstRowFrom(testFrom));
  }

  private static Split at(int rows, int validation, int test) {
    if (validation == 0) {
      throw new DataException(
          "none of the " + rows + " rows is left to train on; give the training part more");
    }
    return new Split(new Rows(0, validation), new Rows(validation, test), new Rows(test, rows));
  }
}
