package dev.rnn4j.examples.forecast;

import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Step;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windowing;
import java.util.List;

/**
 * The dates of a table's rows.
 *
 * @param column the column that holds them
 * @param step the usual step from row to row
 * @param largest the largest number of such steps from one row to the next that is no gap
 */
record Calendar(String column, Step step, int largest) {
  /**
   * Returns the calendar of a table.
   *
   * @throws dev.rnn4j.table.DataException where there is no such column, a cell is no date, or the
   *     dates do not ascend
   */
  static Calendar of(Table table, String column, int largest) {
    return new Calendar(column, table.dates(column).requireAscending().step(), largest);
  }

  /** Returns the seasons that the dates are fine enough for. */
  List<CalendarFeature> seasons() {
    return switch (step.unit()) {
      case YEARS -> List.of();
      case MONTHS -> List.of(CalendarFeature.MONTH);
      case DAYS -> List.of(CalendarFeature.DAY_OF_YEAR);
      default -> List.of(CalendarFeature.DAY_OF_YEAR, CalendarFeature.TIME_OF_DAY);
    };
  }

  /** Returns windows that cross no gap between the dates. */
  Windowing cut(Windowing windows) {
    return windows.dates(column).largestStep(step.amount() * largest, step.unit());
  }

  /** Returns the date so many steps after a row, written like the row's own. */
  String after(Dates dates, int row, int steps) {
    String moment = dates.get(row).plus(step.amount() * steps, step.unit()).toString();
    return moment.substring(0, Math.min(moment.length(), dates.text(row).length()));
  }
}
