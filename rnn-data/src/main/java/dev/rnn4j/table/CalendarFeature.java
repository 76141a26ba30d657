package dev.rnn4j.table;

import java.time.LocalDateTime;
import java.util.List;

/**
 * The place of a date in a cycle, as sine and cosine of its angle, so that the end of a cycle is
 * next to its beginning.
 */
public enum CalendarFeature {
  /** 1 January is 0, 31 December the last of 365 days, or of 366 in a leap year. */
  DAY_OF_YEAR("day_of_year") {
    @Override
    double share(LocalDateTime date) {
      return (date.getDayOfYear() - 1.0) / date.toLocalDate().lengthOfYear();
    }
  },
  /** January is 0, December the last of 12. */
  MONTH("month") {
    @Override
    double share(LocalDateTime date) {
      return (date.getMonthValue() - 1) / 12.0;
    }
  },
  /** Monday is 0, Sunday the last of 7. */
  DAY_OF_WEEK("day_of_week") {
    @Override
    double share(LocalDateTime date) {
      return (date.getDayOfWeek().getValue() - 1) / 7.0;
    }
  },
  /** Midnight is 0, the last minute the last of 1440. */
  TIME_OF_DAY("time_of_day") {
    @Override
    double share(LocalDateTime date) {
      return date.toLocalTime().toSecondOfDay() / 86400.0;
    }
  };

  private final String column;

  CalendarFeature(String column) {
    this.column = column;
  }

  /** Returns the place in the cycle, from 0 to below 1. */
  abstract double share(LocalDateTime date);

  /** Returns the name of the column of sines that {@link #addTo} adds. */
  public String sineColumn() {
    return column + "_sin";
  }

  /** Returns the name of the column of cosines that {@link #addTo} adds. */
  public String cosineColumn() {
    return column + "_cos";
  }

  /**
   * Returns the sine and cosine of every date, {@code [rows][2]}.
   *
   * @throws DataException for months or years where the feature needs days
   */
  public double[][] of(Dates dates) {
    if (!(this == MONTH ? dates.haveMonths() : dates.haveDays())) {
      throw new DataException(
          "a date like "
              + dates.text(0)
              + " has no "
              + column.replace('_', ' ')
              + "; leave this feature out");
    }
    double[][] features = new double[dates.size()][2];
    for (int row = 0; row < features.length; row++) {
      double angle = 2 * Math.PI * share(dates.get(row));
      features[row][0] = Math.sin(angle);
      features[row][1] = Math.cos(angle);
    }
    return features;
  }

  /**
   * Returns a table with two more columns, {@link #sineColumn} and {@link #cosineColumn}.
   *
   * @param dates the name of the column of dates
   * @throws DataException for months or years where the feature needs days, or where the table has
   *     a column of one of these names
   */
  public Table addTo(Table table, String dates) {
    for (String name : List.of(sineColumn(), cosineColumn())) {
      table.requireFree(name);
    }
    Table features = Table.of(of(table.dates(dates)));
    return table.with(sineColumn(), features.column(0)).with(cosineColumn(), features.column(1));
  }
}
