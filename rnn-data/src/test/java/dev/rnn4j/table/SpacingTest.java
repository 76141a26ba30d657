package dev.rnn4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpacingTest {
  private static Dates dates(int rows, IntFunction<? extends Temporal> date) {
    return Dates.of(IntStream.range(0, rows).mapToObj(date).toList());
  }

  private static Dates days(String from, int days, Predicate<LocalDate> kept) {
    LocalDate first = LocalDate.parse(from);
    return Dates.of(
        Stream.iterate(first, day -> day.plusDays(1)).limit(days).filter(kept).toList());
  }

  private static String next(Dates dates, int steps) {
    return dates.textAfter(dates.size() - 1, dates.spacing(), steps);
  }

  private static void assertNext(String spacing, String next, Dates dates) {
    assertEquals(spacing, dates.spacing().toString());
    assertEquals(next, next(dates, 1));
    dates.requireNotCloser(dates.spacing(), "this");
    for (int row = 1; row < dates.size(); row++) {
      assertFalse(dates.isGap(row - 1, row, dates.spacing()));
      assertEquals(dates.text(row), dates.textAfter(row - 1, dates.spacing(), 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-31, 1, 4, 1 month (last day), 2023-05-31",
    "2023-11-30, 1, 4, 1 month (last day), 2024-03-31",
    "2022-09-30, 3, 3, 1 quarter (last day), 2023-06-30",
    "2020-02-29, 12, 4, 1 year (last day), 2024-02-29",
    "2019-12-31, 12, 4, 1 year (last day), 2023-12-31",
    "2023-05-31, 6, 3, 6 months (last day), 2024-11-30",
  })
  void theEndOfTheMonthIsKept(String from, int months, int rows, String spacing, String next) {
    YearMonth first = YearMonth.from(LocalDate.parse(from));
    assertNext(spacing, next, dates(rows, row -> first.plusMonths(row * months).atEndOfMonth()));
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-30, 1, 5, 1 month (day 30), 2023-06-30",
    "2022-12-29, 1, 5, 1 month (day 29), 2023-05-29",
    "2023-01-28, 1, 5, 1 month, 2023-06-28",
    "2023-01-01, 1, 5, 1 month, 2023-06-01",
    "2023-01-15, 3, 5, 1 quarter, 2024-04-15",
    "2011-12-25, 12, 3, 1 year, 2014-12-25",
    "2011-12-25, 24, 3, 2 years, 2017-12-25",
  })
  void monthsHaveTheSameDay(String from, int months, int rows, String spacing, String next) {
    LocalDate first = LocalDate.parse(from);
    assertNext(spacing, next, dates(rows, row -> first.plusMonths(row * months)));
  }

  @Test
  void monthsHaveTheirFirstOrLastWorkingDay() {
    YearMonth first = YearMonth.of(2022, 1);
    assertNext(
        "1 month (last working day)",
        "2023-05-31",
        dates(16, row -> MonthDay.LAST_WORKING.in(first.plusMonths(row), 1)));
    assertNext(
        "1 month (first working day)",
        "2023-05-01",
        dates(16, row -> MonthDay.FIRST_WORKING.in(first.plusMonths(row), 1)));
  }

  @Test
  void aHolidayIsNoOtherSpacing() {
    // The last days on which the exchange in New York was open.
    List<LocalDate> days =
        Stream.of(
                "2021-01-29",
                "2021-02-26",
                "2021-03-31",
                "2021-04-30",
                "2021-05-28",
                "2021-06-30",
                "2021-07-30",
                "2021-08-31",
                "2021-09-30",
                "2021-10-29")
            .map(LocalDate::parse)
            .toList();
    Dates dates = Dates.of(days);
    assertEquals("1 month (last working day)", dates.spacing().toString());
    assertEquals("2021-11-30", next(dates, 1));
  }

  @Test
  void daysOfTheWeekThatAreNeverSeenAreFree() {
    Predicate<LocalDate> working = day -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0;
    Dates weekdays = days("2024-01-01", 40, working);
    assertNext("1 working day", "2024-02-12", weekdays.pick(IntStream.range(0, 30).toArray()));
    Dates shop = days("2024-01-01", 40, day -> day.getDayOfWeek() != DayOfWeek.SUNDAY);
    assertEquals("1 working day (Mon Tue Wed Thu Fri Sat)", shop.spacing().toString());
    Dates gulf =
        days(
            "2024-01-01",
            60,
            day ->
                day.getDayOfWeek().getValue() / 5 != 1 || day.getDayOfWeek() == DayOfWeek.SUNDAY);
    assertEquals("1 working day (Mon Tue Wed Thu Sun)", gulf.spacing().toString());
    Dates lectures =
        days("2024-01-01", 60, day -> List.of(1, 3).contains(day.getDayOfWeek().getValue()));
    assertEquals("1 working day (Mon Wed)", lectures.spacing().toString());
    assertEquals("2024-03-04", next(lectures, 1));
    Dates holiday = days("2024-01-01", 60, working.and(day -> day.getDayOfMonth() != 15));
    assertEquals("1 working day", holiday.spacing().toString());
    assertEquals(
        "1 day", days("2024-01-01", 40, day -> day.getDayOfMonth() % 9 != 0).spacing().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 250 milliseconds, 2024-03-01T08:00:01.000",
    "PT0.000001S, 1 microsecond, 2024-03-01T08:00:00.000004",
    "PT0.0000005S, 500 nanoseconds, 2024-03-01T08:00:00.000002000",
    "PT30S, 30 seconds, 2024-03-01T08:02:00",
    "PT1M, 1 minute, 2024-03-01T08:04",
    "PT90M, 90 minutes, 2024-03-01T14:00",
    "PT6H, 6 hours, 2024-03-02T08:00",
  })
  void lengthsOfTimeAreAsPreciseAsTheyNeedToBe(Duration length, String spacing, String next) {
    LocalDateTime first = LocalDateTime.of(2024, 3, 1, 8, 0);
    assertNext(spacing, next, dates(4, row -> first.plus(length.multipliedBy(row))));
  }

  @Test
  void aSingleRowIsAsPreciseAsTheSpacingOfTheModel() {
    Dates one = Dates.of(List.of(LocalDateTime.of(2024, 3, 1, 11, 20)));
    assertEquals("2024-03-01T11:20:30", one.textAfter(0, Spacing.parse("30 seconds"), 1));
    assertEquals("2024-03-01T11:20:00.500", one.textAfter(0, Spacing.parse("500 milliseconds"), 1));
  }

  @Test
  void momentsGoOnAcrossAChangeOfClocks() {
    OffsetDateTime first = OffsetDateTime.parse("2023-03-25T22:00+01:00");
    Dates dates =
        dates(
            8,
            row ->
                first
                    .plusHours(row)
                    .atZoneSameInstant(java.time.ZoneId.of("Europe/Berlin"))
                    .toOffsetDateTime());
    assertEquals("1 hour", dates.spacing().toString());
    assertEquals("2023-03-26T07:00+02:00", next(dates, 1));
    assertTrue(IntStream.range(1, 8).noneMatch(row -> dates.isGap(row - 1, row, dates.spacing())));
    dates.requireAscending();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 day",
        "2 days",
        "1 week",
        "3 weeks",
        "1 working day",
        "5 working days",
        "2 working days (Mon Wed Fri)",
        "1 month",
        "1 month (last day)",
        "2 months (day 30)",
        "1 quarter (last working day)",
        "1 year",
        "10 years (first working day)",
        "1 hour",
        "90 minutes",
        "30 seconds",
        "40 milliseconds",
        "7 microseconds",
        "1 nanosecond",
      })
  void isReadAsItIsWritten(String text) {
    Spacing spacing = Spacing.parse(text);
    assertEquals(text, spacing.toString());
    assertEquals(spacing, Spacing.parse(spacing.times(1).toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "day", "0 days", "1 days", "7 days", "1 fortnight", "1 day (last)", "-1 day"})
  void anythingElseIsNoSpacing(String text) {
    assertThrows(IllegalArgumentException.class, () -> Spacing.parse(text));
  }

  @Test
  void isMadeOfUnits() {
    assertEquals("10 years", Spacing.of(1, ChronoUnit.DECADES).toString());
    assertEquals("12 hours", Spacing.of(1, ChronoUnit.HALF_DAYS).toString());
    assertEquals("2 weeks", Spacing.of(2, ChronoUnit.WEEKS).toString());
    assertEquals("3 days", Spacing.parse("1 day").times(3).toString());
    assertThrows(IllegalArgumentException.class, () -> Spacing.of(0, ChronoUnit.DAYS));
    assertThrows(IllegalArgumentException.class, () -> Spacing.of(1, ChronoUnit.FOREVER));
  }

  @Test
  void aDateThatIsNotOnItsPlaceKeepsItsDay() {
    Spacing month = Spacing.parse("1 month (last day)");
    assertEquals(
        LocalDateTime.parse("2023-03-15T06:00"),
        month.after(LocalDateTime.parse("2023-02-15T06:00"), 1));
    Spacing working = Spacing.parse("1 working day");
    assertEquals(
        LocalDateTime.parse("2024-01-08T00:00"),
        working.after(LocalDateTime.parse("2024-01-06T00:00"), 1));
    assertEquals(
        LocalDateTime.parse("1969-12-31T00:00"),
        working.after(LocalDateTime.parse("1970-01-02T00:00"), -2));
  }

  @Test
  void rowsThatAreCloserAreNamed() {
    Dates days = days("2024-01-05", 3, day -> true);
    assertEquals(
        "the table, row 1, column 'dates': the date 2024-01-06 is less than 1 working day after"
            + " 2024-01-05 in row 0, and the model has rows 1 working day apart; give it rows as"
            + " far apart",
        assertThrows(
                DataException.class,
                () -> days.requireNotCloser(Spacing.parse("1 working day"), "the model"))
            .getMessage());
  }
}
