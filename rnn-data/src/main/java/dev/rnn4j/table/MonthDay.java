package dev.rnn4j.table;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;

/** Which day of its month a date is, where the number alone does not say it. */
enum MonthDay {
  /** The last one: 31 January, 28 February. */
  LAST("last day") {
    @Override
    LocalDate in(YearMonth month, int day) {
      return month.atEndOfMonth();
    }
  },
  /** The one with the same number. */
  SAME("") {
    @Override
    LocalDate in(YearMonth month, int day) {
      return month.atDay(Math.min(day, month.lengthOfMonth()));
    }
  },
  /** The 30th, and the last of February. */
  DAY_30("day 30") {
    @Override
    LocalDate in(YearMonth month, int day) {
      return month.atDay(Math.min(30, month.lengthOfMonth()));
    }
  },
  /** The 29th, and 28 February. */
  DAY_29("day 29") {
    @Override
    LocalDate in(YearMonth month, int day) {
      return month.atDay(Math.min(29, month.lengthOfMonth()));
    }
  },
  /** The last from Monday to Friday. */
  LAST_WORKING("last working day") {
    @Override
    LocalDate in(YearMonth month, int day) {
      LocalDate end = month.atEndOfMonth();
      return end.minusDays(Math.max(0, end.getDayOfWeek().compareTo(DayOfWeek.FRIDAY)));
    }
  },
  /** The first from Monday to Friday. */
  FIRST_WORKING("first working day") {
    @Override
    LocalDate in(YearMonth month, int day) {
      LocalDate first = month.atDay(1);
      boolean weekend = first.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
      return weekend ? first.plusDays(8 - first.getDayOfWeek().getValue()) : first;
    }
  };

  private final String text;

  MonthDay(String text) {
    this.text = text;
  }

  /** Returns the day in a month; {@code day} is the number that another month's has. */
  abstract LocalDate in(YearMonth month, int day);

  /** Returns whether a date is this day of its month. */
  boolean is(LocalDate date) {
    return in(YearMonth.from(date), date.getDayOfMonth()).equals(date);
  }

  @Override
  public String toString() {
    return text;
  }
}
