package dev.rnn4j.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
  private static Table table(CellFormat format, String... cells) {
    int[] lines = IntStream.range(0, cells.length).map(row -> row + 2).toArray();
    return Table.ofText("w.csv", lines, Map.of("day", Arrays.asList(cells)), format);
  }

  private static Dates dates(String... cells) {
    return table(CellFormat.STANDARD, cells).dates("day");
  }

  private static Dates pattern(String pattern, String... cells) {
    return table(CellFormat.STANDARD.datePattern(pattern), cells).dates("day");
  }

  private static String message(org.junit.jupiter.api.function.Executable code) {
    return assertThrows(DataException.class, code).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "2012-02-29, 2012-02-29T00:00, 2012-02-29",
    "1949-11, 1949-11-01T00:00, 1949-11",
    "1700, 1700-01-01T00:00, 1700",
    "20120131, 2012-01-31T00:00, 2012-01-31",
    "2012-01-31T18:00, 2012-01-31T18:00, 2012-01-31T18:00",
    "2012-01-31 18:00:01, 2012-01-31T18:00:01, 2012-01-31T18:00:01",
    "2012-01-31T18:00:00+02:00, 2012-01-31T18:00, 2012-01-31T18:00+02:00",
    "2012-01-31T18:00:00Z, 2012-01-31T18:00, 2012-01-31T18:00Z",
  })
  void recognisesForms(String cell, LocalDateTime start, String text) {
    assertEquals(start, dates(cell).get(0));
    assertEquals(text, dates(cell).text(0));
  }

  @Test
  void readsByPattern() {
    assertEquals("2012-01-31", pattern("d.M.yyyy", "31.1.2012").text(0));
    assertEquals("2012-01", pattern("MMM yy", "Jan 12").text(0));
    assertEquals("2012-01-31T18:05", pattern("M/d/yyyy H:mm", "1/31/2012 18:05").text(0));
    assertEquals(
        "w.csv, line 3, column 'day': '2.30.2012' is no date of the calendar; correct the cell, or"
            + " leave the row out",
        message(() -> pattern("d.M.yyyy", "1.1.2012", "2.30.2012")));
  }

  @Test
  void quartersStayQuarters() {
    for (String[] quarters :
        new String[][] {
          {"2003-Q3", "2003-Q4"},
          {"2003q3", "2003q4"},
          {"Q3 2003", "Q4 2003"},
          {"q3/2003", "q4/2003"}
        }) {
      Dates dates = dates(quarters);
      assertEquals("1 quarter", dates.spacing().toString());
      assertEquals("2003-Q4", dates.text(1));
      assertEquals(LocalDate.of(2003, 10, 1), dates.get(1).toLocalDate());
      assertEquals("2004-Q1", dates.textAfter(1, dates.spacing(), 1));
      assertEquals("2003-11", dates.textAfter(1, Spacing.of(1, ChronoUnit.MONTHS), 1));
    }
    assertEquals("2003-Q4", pattern("QQQ/yyyy", "Q4/2003").text(0));
    assertEquals("1 quarter", dates("2003-Q3").spacing().toString());
  }

  @Test
  void weeksBeginWithTheirMonday() {
    Dates dates = dates("2020-W52", "2020-W53", "2021W01");
    assertEquals(LocalDate.of(2020, 12, 28), dates.get(1).toLocalDate());
    assertEquals(LocalDate.of(2021, 1, 4), dates.get(2).toLocalDate());
    assertEquals("1 week", dates.spacing().toString());
    assertEquals("2020-W53", dates.text(1));
    assertEquals("2021-W02", dates.textAfter(2, dates.spacing(), 1));
    assertEquals("2021-01-05", dates.textAfter(2, Spacing.of(1, ChronoUnit.DAYS), 1));
    assertEquals("1 week", dates("2020-w01").spacing().toString());
    assertEquals(2, CalendarFeature.DAY_OF_YEAR.of(dates)[0].length);
    assertTrue(message(() -> dates("2021-W53")).contains("'2021-W53' is no date of the calendar"));
    assertTrue(
        message(() -> pattern("YYYY-'W'ww", "2021-W01"))
            .contains("weeks as 2012-W05 are read without a pattern"));
  }

  @Test
  void monthsByNameAreMonths() {
    for (TextStyle style : List.of(TextStyle.FULL, TextStyle.SHORT)) {
      for (Month month : Month.values()) {
        String name = month.getDisplayName(style, Locale.ENGLISH);
        for (String written : List.of(name, name.toUpperCase(Locale.ROOT))) {
          YearMonth expected = YearMonth.of(2015, month);
          assertEquals(expected.toString(), dates(written + " 2015").text(0));
          assertEquals(expected.toString(), dates("2015-" + written).text(0));
          assertEquals(expected.atDay(9).toString(), dates("9 " + written + " 2015").text(0));
        }
      }
    }
    assertEquals("1 month", dates("Jan 2015", "Feb 2015").spacing().toString());
    assertEquals("2015-03", dates("Sept 2014", "March 2015").text(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jan-15",
        "Jan 15",
        "15 Jan",
        "15-Jan-15",
        "Jan 15, 15",
        "15-Jan 2015",
        "Janu 2015",
        "Juni 2015",
        "Mai 2015",
        "015 Jan 2015",
        "1 Jan 02015",
      })
  void namesOfMonthsLeaveNothingOpen(String cell) {
    assertTrue(message(() -> dates(cell)).contains("'" + cell + "' is not a date like"));
  }

  @Test
  void refusesWhatIsNoDate() {
    assertEquals(
        "w.csv, line 2, column 'day': '1 Feb 12' is not a date like 2012-01-31, 2012-01-31T18:00,"
            + " 31.01.2012, 31 Jan 2012, 2012-01, 2012-Q1, 2012-W05 or 2012, nor seconds since 1970;"
            + " write it so, or give its pattern, as dd-MMM-yy is one for 31-Jan-12, with"
            + " --date-format (in code Csv.datePattern)",
        message(() -> dates("1 Feb 12")));
    assertEquals(
        "w.csv, line 3, column 'day': '2012-02-30' is no date of the calendar; correct the cell,"
            + " or leave the row out",
        message(() -> dates("2012-02-28", "2012-02-30")));
    assertEquals(
        "w.csv, line 3, column 'day': the cell is empty; fill it, or leave the row out",
        message(() -> dates("2012-02-28", "")));
    assertTrue(
        message(() -> Dates.of(List.of(Year.of(1), YearMonth.of(1, 1))))
            .startsWith("row 1: YearMonth does not fit"));
  }

  @Test
  void namesBothRowsThatAreOutOfOrderOrTheSame() {
    assertEquals(3, dates("2012", "2013", "2015").requireAscending().size());
    assertEquals(
        "w.csv, line 4, column 'day': the date 2012-01-05 is earlier than 2012-01-09 in line 3;"
            + " sort the rows by date",
        message(() -> dates("2012-01-04", "2012-01-09", "2012-01-05").requireAscending()));
    assertEquals(
        "w.csv, line 3, column 'day': the date 2012-01-04 is in line 2 too; keep one row for each"
            + " date",
        message(() -> dates("2012-01-04", "2012-01-04").requireAscending()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1700 1701 1702|1 year",
        "1700 1710 1720|10 years",
        "1949-01 1949-02 1949-03|1 month",
        "2012-01-01 2012-02-01 2012-03-01|1 month",
        "2012-01-31 2012-02-29 2012-03-31|1 month (last day)",
        "2012-01-15 2012-04-15 2012-07-15|1 quarter",
        "2011-12-25 2012-12-25|1 year",
        "2012-01-01 2012-01-02 2012-01-03|1 day",
        "2012-01-06 2012-01-07 2012-01-09 2012-01-10|1 day",
        "2012-01-01 2012-01-08|1 week",
        "2012-01-01T00:00 2012-01-01T01:00|1 hour",
        "2012-01-01T00:00 2012-01-01T00:15 2012-01-01T00:30|15 minutes",
        "2012-01-01T00:00:00 2012-01-01T00:00:05|5 seconds",
        "2012-01-01T00:00:00.000 2012-01-01T00:00:00.040|40 milliseconds",
        "2012-01-01T06:00 2012-01-02T06:00|1 day",
        "2012-01-01|1 day",
      })
  void findsTheUsualStep(String cells, String step) {
    assertEquals(step, dates(cells.split(" ")).spacing().toString());
  }

  @Test
  void theStepComesFromInsideSeries() {
    Dates dates = dates("2012-01-01", "2012-01-08", "2012-01-02", "2012-01-09");
    assertEquals("1 week", dates.spacing(List.of(new int[] {0, 1}, new int[] {2, 3})).toString());
  }

  @Test
  void gapsFollowTheCalendar() {
    Dates months = dates("2012-01-31", "2012-02-29", "2012-03-31", "2012-05-31");
    Spacing month = Spacing.of(1, ChronoUnit.MONTHS);
    assertFalse(months.isGap(0, 1, month));
    assertFalse(months.isGap(1, 2, month));
    assertTrue(months.isGap(2, 3, month));
    Dates hours = dates("2012-01-01T23:30", "2012-01-02T00:30", "2012-01-02T01:31");
    Spacing hour = Spacing.of(1, ChronoUnit.HOURS);
    assertFalse(hours.isGap(0, 1, hour));
    assertTrue(hours.isGap(1, 2, hour));
  }

  @Test
  void findsTheFirstRowFromADate() {
    Dates dates = dates("2012-01-01", "2012-01-03", "2012-01-05");
    assertEquals(0, dates.firstRowFrom(LocalDate.of(2011, 1, 1)));
    assertEquals(1, dates.firstRowFrom(LocalDate.of(2012, 1, 2)));
    assertEquals(1, dates.firstRowFrom(LocalDate.of(2012, 1, 3)));
    assertEquals(3, dates.firstRowFrom(LocalDate.of(2012, 1, 6)));
    assertTrue(
        message(() -> dates("2013", "2012").firstRowFrom(LocalDate.of(2012, 1, 1)))
            .contains("is earlier than 2013"));
  }

  @Test
  void sortsRowsAndKeepsTheirLines() {
    Table sorted = table(CellFormat.STANDARD, "2013", "2011", "2013", "2012").sortedBy("day");
    assertEquals(List.of("2011", "2012", "2013", "2013"), sorted.text("day"));
    assertEquals("line 3", sorted.rowName(0));
    assertEquals("line 2", sorted.rowName(2));
    assertTrue(message(sorted.dates("day")::requireAscending).contains("2013 is in line 2 too"));
  }

  @Test
  void givenDatesAreAColumn() {
    Table table =
        Table.of(new double[][] {{1}, {2}})
            .with("day", Dates.of(List.of(LocalDate.of(2012, 1, 2), LocalDate.of(2012, 1, 1))));
    assertEquals("2012-01-02", table.dates("day").text(0));
    assertEquals(List.of("2012-01-02", "2012-01-01"), table.text("day"));
    assertArrayEquals(new double[] {2, 1}, table.sortedBy("day").column(0));
    assertTrue(
        message(table.dates("day")::requireAscending)
            .startsWith("the table, row 1, column 'day': the date 2012-01-01 is earlier"));
    assertTrue(message(() -> table.column("day")).contains("holds dates, not numbers"));
    assertTrue(message(() -> table.dates("0")).contains("holds numbers"));
  }
}
