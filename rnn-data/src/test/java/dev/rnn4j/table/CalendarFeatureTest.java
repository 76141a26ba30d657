package dev.rnn4j.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarFeatureTest {
  @ParameterizedTest
  @CsvSource({
    "DAY_OF_YEAR, 2013-01-01T00:00, 0, 365",
    "DAY_OF_YEAR, 2013-12-31T00:00, 364, 365",
    "DAY_OF_YEAR, 2012-12-31T00:00, 365, 366",
    "DAY_OF_YEAR, 2012-02-29T00:00, 59, 366",
    "DAY_OF_YEAR, 2013-03-01T00:00, 59, 365",
    "DAY_OF_YEAR, 1900-12-31T00:00, 364, 365",
    "MONTH, 2012-12-31T00:00, 11, 12",
    "DAY_OF_WEEK, 2012-01-02T00:00, 0, 7",
    "DAY_OF_WEEK, 2012-01-01T00:00, 6, 7",
    "TIME_OF_DAY, 2012-01-01T18:00, 18, 24",
  })
  void isTheAngleInItsCycle(CalendarFeature feature, LocalDateTime date, int part, int whole) {
    double angle = 2 * Math.PI * part / whole;
    assertArrayEquals(
        new double[] {Math.sin(angle), Math.cos(angle)},
        feature.of(Dates.of(List.of(date)))[0],
        1e-15);
  }

  @Test
  void addsTwoColumns() {
    Table table =
        Table.of(new double[][] {{1}, {2}}, "x")
            .with("day", Dates.of(List.of(LocalDate.of(2013, 1, 1), LocalDate.of(2013, 7, 2))));
    Table season = CalendarFeature.DAY_OF_YEAR.addTo(table, "day");
    assertEquals(List.of("x", "day", "day_of_year_sin", "day_of_year_cos"), season.names());
    assertEquals(1, season.column(CalendarFeature.DAY_OF_YEAR.cosineColumn())[0]);
    assertEquals(0, season.column(CalendarFeature.DAY_OF_YEAR.sineColumn())[1], 0.02);
  }

  @Test
  void refusesDatesWithoutIt() {
    Dates years = Dates.of(List.of(Year.of(1700)));
    Dates months = Dates.of(List.of(YearMonth.of(1949, 1)));
    assertEquals(0, CalendarFeature.MONTH.of(months)[0][0]);
    assertEquals(
        "a date like 1949-01 has no day of year; leave this feature out",
        assertThrows(DataException.class, () -> CalendarFeature.DAY_OF_YEAR.of(months))
            .getMessage());
    assertEquals(
        "a date like 1700 has no month; leave this feature out",
        assertThrows(DataException.class, () -> CalendarFeature.MONTH.of(years)).getMessage());
  }
}
