package dev.rnn4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a column of dates means is never guessed, and nothing of it is lost. */
class StrictDatesTest {
  private static final String NO_TIME =
      "has a time that no day has: hours are 0 to 23, or 1 to 12 with AM or PM, minutes and seconds"
          + " 0 to 59, and 24:00 is the end; correct the cell, or leave the row out";

  private static Table table(CellFormat format, Map<String, List<String>> columns) {
    int rows = columns.values().iterator().next().size();
    int[] lines = IntStream.range(0, rows).map(row -> row + 2).toArray();
    return Table.ofText("w.csv", lines, columns, format);
  }

  private static Dates dates(CellFormat format, String cells) {
    return table(format, Map.of("d", Arrays.asList(cells.split("\\|")))).dates("d");
  }

  private static String message(Executable code) {
    return assertThrows(DataException.class, code).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "31.01.2012|1.2.2012, 2012-01-31|2012-02-01",
    "31.01.2012 18:00|1.2.2012 06:05:07, 2012-01-31T18:00:00|2012-02-01T06:05:07",
    "2012/1/31|2012/02/01, 2012-01-31|2012-02-01",
    "01/02/2012|13/02/2012, 2012-02-01|2012-02-13",
    "01/02/2012|01/13/2012, 2012-01-02|2012-01-13",
    "02/02/2012|03/03/2012, 2012-02-02|2012-03-03",
    "01-13-2012 6:05 PM|01-14-2012 12:00 am, 2012-01-13T18:05|2012-01-14T00:00",
    "2012-01-31T18:00:00.5|2012-01-31T18:00:00.25, 2012-01-31T18:00:00.500|2012-01-31T18:00:00.250",
    "2012-01-31 18:00:00 UTC|2012-01-31 19:00:00 UTC, 2012-01-31T18:00Z|2012-01-31T19:00Z",
    "2012-01-31T18:00+0100|2012-01-31T18:30+01, 2012-01-31T18:00+01:00|2012-01-31T18:30+01:00",
    "1700000000|1700000060, 2023-11-14T22:13:20Z|2023-11-14T22:14:20Z",
    "1700000000.5|1700000001, 2023-11-14T22:13:20.500Z|2023-11-14T22:13:21.000Z",
    "1700000000000|1700000000250, 2023-11-14T22:13:20.000Z|2023-11-14T22:13:20.250Z",
    "20121231|20130101, 2012-12-31|2013-01-01",
    "2012-1-31|2012-2-1, 2012-01-31|2012-02-01",
    "2012.01.31|2012.02.01, 2012-01-31|2012-02-01",
    "2012/01|2012/02, 2012-01|2012-02",
    "01/2012|12/2012, 2012-01|2012-12",
    "2012-Q1|2012Q4, 2012-Q1|2012-Q4",
    "20121231T235959|20130101T000000, 2012-12-31T23:59:59|2013-01-01T00:00:00",
    "20121231T2359Z|20130101T0000Z, 2012-12-31T23:59Z|2013-01-01T00:00Z",
    "2024-03-31T01:00+01:00[Europe/Berlin]|2024-03-31T03:00+02:00[Europe/Berlin],"
        + " 2024-03-31T01:00+01:00|2024-03-31T03:00+02:00",
    "2021-01-31 23:00|2021-01-31 24:00, 2021-01-31T23:00|2021-02-01T00:00",
    "31.12.2020 24:00:00|01.01.2021 01:00:00, 2021-01-01T00:00|2021-01-01T01:00",
    "2020-02-28T24:00|2020-02-29T24:00, 2020-02-29T00:00|2020-03-01T00:00",
    "2021-02-28T24:00:00.000Z|2021-03-01T24:00:00.000Z, 2021-03-01T00:00Z|2021-03-02T00:00Z",
    "2024-03-31T24:00+02:00[Europe/Berlin]|2024-04-01T01:00+02:00[Europe/Berlin],"
        + " 2024-04-01T00:00+02:00|2024-04-01T01:00+02:00",
    "20201231T23|20201231T24, 2020-12-31T23:00|2021-01-01T00:00",
    "2020-W53-7|2021-W01-1, 2021-01-03|2021-01-04",
    "2021W011|2021W117, 2021-01-04|2021-03-21",
    "2021-W1-2|2021-w11-2, 2021-01-05|2021-03-16",
    "2021-W01-1T23:00Z|2021-W01-1T24:00Z, 2021-01-04T23:00Z|2021-01-05T00:00Z",
    "2021-W9|2021-W10, 2021-W09|2021-W10",
    "2021W1|2021W11, 2021-W01|2021-W11",
    "31 Jan 2012|1 February 2012, 2012-01-31|2012-02-01",
    "31-JAN-2012 18:00|01-feb-2012 24:00, 2012-01-31T18:00|2012-02-02T00:00",
    "31/Jan/2012|01/Feb/2012, 2012-01-31|2012-02-01",
    "31JAN2012|1FEB2012, 2012-01-31|2012-02-01",
    "2012-Jan-31|2012-Feb-1, 2012-01-31|2012-02-01",
    "January 2012|Feb 2012, 2012-01|2012-02",
    "Jan-2012|FEB2012, 2012-01|2012-02",
    "2012 Jan|2012Feb, 2012-01|2012-02",
    "2012M01|2012M12, 2012-01|2012-12",
    "2012M1|2012m12, 2012-01|2012-12",
    "2012-M01|2012-M02, 2012-01|2012-02",
    "01.2012|12.2012, 2012-01|2012-12",
    "1-2012|12-2012, 2012-01|2012-12",
    "Q1-2012|Q4-2012, 2012-Q1|2012-Q4",
    "15th Jan 2012|1st Feb 2012, 2012-01-15|2012-02-01",
    "Jan 22nd 2012|february 3RD 2012, 2012-01-22|2012-02-03",
    "Jan. 2012|Sept. 2012, 2012-01|2012-09",
    "31 Jan. 2012|1 May 2012, 2012-01-31|2012-05-01",
    "2012 Jan. 31|2012 Sept. 1, 2012-01-31|2012-09-01",
    "2012-12-31 23|2012-12-31 24, 2012-12-31T23:00|2013-01-01T00:00",
    "20121231235959|20121231240000, 2012-12-31T23:59:59|2013-01-01T00:00:00",
    "20121231235959|20130101000000, 2012-12-31T23:59:59|2013-01-01T00:00:00",
  })
  void isRecognised(String cells, String texts) {
    Dates dates = dates(CellFormat.STANDARD, cells);
    String[] expected = texts.split("\\|");
    assertEquals(expected[0], dates.text(0));
    assertEquals(expected[1], dates.text(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "01/02/2012|02/03/2012; 01/02/2012;dd/MM/yyyy;MM/dd/yyyy",
        "05-05-2012|06-05-2012; 06-05-2012;dd-MM-yyyy;MM-dd-yyyy",
        "2020010100|2020010101; 2020010100;yyyyMMddHH;epoch-seconds",
        "202001010000|202001010010; 202001010000;yyyyMMddHHmm;epoch-millis",
      })
  void whatReadsBothWaysIsRefused(String cells, String cell, String first, String second) {
    String message = message(() -> dates(CellFormat.STANDARD, cells));
    assertTrue(
        message.endsWith(
            "'"
                + cell
                + "' reads both as "
                + first
                + " and as "
                + second
                + ", and no row of the column decides; say which with --date-format (in code"
                + " Csv.datePattern)"),
        message);
    for (String pattern : List.of(first, second)) {
      assertEquals(2, dates(CellFormat.STANDARD.datePattern(pattern), cells).size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-02-29",
        "31.04.2020",
        "2020/13/01",
        "20200431",
        "2020-13",
        "2021-02-29 24:00",
        "2021-02-29 24:30",
        "29 Feb 2021",
        "Apr 31 2021",
        "2021-W00",
        "2021-W0",
        "2021-W53-1",
        "2021-W01-0",
        "2021W018",
        "00.01.2020",
        "2020M13",
        "31st Apr 2021",
      })
  void thereIsNoSuchDate(String cell) {
    assertEquals(
        "w.csv, line 2, column 'd': '"
            + cell
            + "' is no date of the calendar; correct the cell, or leave the row out",
        message(() -> dates(CellFormat.STANDARD, cell)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-01T25:00",
        "2020-01-01 23:60",
        "2020-01-01T23:59:60",
        "2020-01-01T24:01",
        "2020-01-01 24:30",
        "2020-01-01T24:00:00.5",
        "2020-01-01T24:00:01",
        "2020-01-01 24:00 PM",
        "2020-01-01 13:00 PM",
        "2020-01-01 0:30 AM",
        "31.01.2020 24:30",
        "31 Jan 2020 24:30",
        "2020-W05-1 24:30",
        "01/02/2020 24:30",
        "13/02/2020 24:30",
        "02/13/2020 24:30",
        "20200101T2430",
      })
  void whereTheTimeIsToBlameItIsNamed(String cell) {
    assertEquals(
        "w.csv, line 2, column 'd': '" + cell + "' " + NO_TIME,
        message(() -> dates(CellFormat.STANDARD, cell)));
  }

  /** It is also named where a row before has decided between two forms. */
  @Test
  void aTimeIsToBlameInALaterRow() {
    assertEquals(
        "w.csv, line 4, column 'd': '31/01/2020 24:30' " + NO_TIME,
        message(
            () ->
                dates(CellFormat.STANDARD, "01/01/2020 10:00|30/01/2020 10:00|31/01/2020 24:30")));
    assertEquals(
        "w.csv, line 3, column 'day': '02.01.2020 24:30' " + NO_TIME,
        message(
            () ->
                table(
                        CellFormat.STANDARD,
                        Map.of(
                            "day",
                            List.of("01.01.2020", "02.01.2020"),
                            "time",
                            List.of("24:00", "24:30")))
                    .dates("day", "time")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jan 2012 24:00",
        "2012-01 00:00",
        "01/2012 6:00 PM",
        "2012-Q1T00:00",
        "2012-W05 10:00:00",
        "2012 00:00",
      })
  void aTimeNeedsADay(String cell) {
    String told =
        "column 'd': '"
            + cell
            + "' has a time and names no day; name the day, or leave the time out";
    assertEquals("w.csv, line 2, " + told, message(() -> dates(CellFormat.STANDARD, cell)));
    String day = cell.replaceAll("[T ]\\d+:.*", "");
    assertEquals(
        "w.csv, line 3, " + told, message(() -> dates(CellFormat.STANDARD, day + "|" + cell)));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-31T24:00+01:00[Europe/Berlin], 'has the offset +01:00, which Europe/Berlin has not then'",
    "2024-03-31T01:00+05:00[Europe/Berlin], 'has the offset +05:00, which Europe/Berlin has not then'",
    "2024-03-31T01:00+01:00[Mars/X], 'has the offset +01:00, which Mars/X has not then'",
    "2020-01-01T00:00+19:00, 'has the offset +19:00, which there is not: they are -18:00 to +18:00'",
  })
  void anOffsetIsOneOfItsZone(String cell, String what) {
    assertEquals(
        "w.csv, line 2, column 'd': '"
            + cell
            + "' "
            + what
            + "; correct the cell, or leave the row out",
        message(() -> dates(CellFormat.STANDARD, cell)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"44927", "44927.5", "44927,5", "44927.0"})
  void whatMayBeADayOfASpreadsheetIsNotGuessed(String cell) {
    assertEquals(
        "w.csv, line 2, column 'd': '"
            + cell
            + "' may be a date as spreadsheets count days, 2023-01-01; write the dates there as"
            + " 2012-01-31, or read whole days with --date-format excel-days (in code"
            + " Csv.datePattern)",
        message(() -> dates(CellFormat.STANDARD, cell)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 | is no date of the calendar; correct the cell, or leave the row out",
        "44927.5 | has a time too, and is not a day alone; correct the cell, or leave the row out",
        "2023-01-01 | is not a date in the form excel-days; correct the pattern or the cell, or leave"
            + " the row out",
      })
  void aDayOfASpreadsheetIsADay(String cell, String what) {
    assertEquals(
        "w.csv, line 2, column 'd': '" + cell + "' " + what,
        message(() -> dates(CellFormat.STANDARD.datePattern("excel-days"), cell)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "2012-01-31T18:00+01:00|2012-01-31T19:00~has no offset, and '2012-01-31T18:00+01:00' in line"
            + " 2 has one; give all times with their offset, or all without",
        "2012-01-31T18:00|2012-01-31T19:00Z~has an offset, and '2012-01-31T18:00' in line 2 has none;"
            + " give all times with their offset, or all without",
        "2012-01-31T18:00|2012-02-01~is written otherwise than '2012-01-31T18:00' in line 2; write all"
            + " dates alike",
        "2012-01-31 6:00 PM|2012-01-31 18:00~is written otherwise than '2012-01-31 6:00 PM' in line 2;"
            + " write all dates alike",
        "31 Jan 2012|Feb 2012~is not a date in the form 31 Jan 2012; correct the cell, or leave the row"
            + " out",
        "2012-01-31|01.02.2012~is not a date in the form 2012-01-31; correct the cell, or leave the"
            + " row out",
        "31/01/2012|01/31/2012~is not a date in the form dd/MM/yyyy, which '31/01/2012' in line 2 is"
            + " in; correct the cell, or leave the row out",
      })
  void oneColumnIsWrittenInOneWay(String cells, String what) {
    String message = message(() -> dates(CellFormat.STANDARD, cells));
    assertTrue(message.startsWith("w.csv, line 3, column 'd': '"), message);
    assertTrue(message.endsWith("' " + what), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd/MM/yyyy hh:mm | has 'hh', which is the hour of AM or PM, without a that says which",
        "dd/mm/yyyy | has 'mm', which is the minute, without an hour; write MM for the month",
        "yyyy-mm-dd HH:mm | has 'mm', which is the minute, twice; write MM for the month",
        "dd.MM.yyyy HH:MM | has 'MM', which is the month, twice; write mm for the minute",
        "YYYY-MM-dd | has 'YYYY', which is the year of a week; write yyyy",
        "yyyy-MM-DD | has 'DD', which is the day of the year; write dd for the day of the month",
        "dd.MM. | has no year; add yyyy",
        "yyyy dd | has a day and no month; add MM",
        "yyyy-MM HH:mm | has a time and no day; add MM and dd",
        "HH:mm a dd.MM.yyyy | has 'a', which is AM or PM, beside an hour from 0 to 23",
        "dd.MM.yyyy a | has 'a', which is AM or PM, without an hour; add hh",
        "yyyy-MM-dd ss | has 'ss', which is the second, without a minute; add mm",
        "yyyy-MM-dd HH:mm.SSS | has 'SSS', which is a fraction of a second, without one; add ss",
        "yyyy-MM-dd HH:mm z | has 'z', which is the name of a zone, which does not say the offset",
        "yyyy-MM-dd kk:mm | has 'kk', which is an hour from 1 to 24, where 24 begins the day; write HH",
        "yyyy-'W'ww | has 'ww', which is the week of a year; give days, as yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm:ss'Z' | has 'Z' in quotes, which is UTC and would be lost; write X",
        "epoch-second | is none; write epoch-seconds or epoch-millis for numbers since 1970, or"
            + " excel-days for the days of a spreadsheet",
        "excel | is none; write epoch-seconds",
        "yyyy-MM-dd' | is none: ",
        "yyyy-MM-dd bb | is none: ",
      })
  void aPatternSaysAllThereIs(String pattern, String what) {
    String message = message(() -> CellFormat.STANDARD.datePattern(pattern));
    assertTrue(message.startsWith("the date pattern '" + pattern + "' " + what), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd/MM/yyyy hh:mm a | 31/01/2012 06:00 PM | 2012-01-31T18:00",
        "EEE dd MMM yyyy | Tue 31 Jan 2012 | 2012-01-31",
        "yyyy-MM-dd'T'HH:mm:ssXXX | 2012-01-31T18:00:00+01:00 | 2012-01-31T18:00+01:00",
        "yyyyDDD | 2012060 | 2012-02-29",
        "yyyy-'Q'q | 2012-Q3 | 2012-Q3",
        "yyyy | 2012 | 2012",
        "dd MMM yy | 31 Jan 12 | 2012-01-31",
        "yyyyMMddHH | 2012013118 | 2012-01-31T18:00",
        "dd-MMM-yy | 31-JAN-12 | 2012-01-31",
        "dd-MMM-yyyy | 31-jan-2012 | 2012-01-31",
        "dd/MM/yyyy hh:mm a | 31/01/2012 06:00 pm | 2012-01-31T18:00",
        "dd.MM.yy | 31.01.69 | 1969-01-31",
        "dd.MM.yy | 31.01.68 | 2068-01-31",
        "yyMMdd | 991231 | 1999-12-31",
        "QQQ ''yy | Q3 '99 | 1999-Q3",
        "MMM-uu | Jan-99 | 1999-01",
        "yyyy-MM-dd'T'HH:mm:ssX | 2012-01-31T18:00:00Z | 2012-01-31T18:00Z",
        "epoch-seconds | 0 | 1970-01-01T00:00Z",
        "epoch-millis | -1 | 1969-12-31T23:59:59.999Z",
        "yyyyMM | 201501 | 2015-01",
        "d 'o''clock' MM yy | 9 o'clock 01 12 | 2012-01-09",
        "yyyyMMdd'T'HH:mmX | 20120131T18:00Z | 2012-01-31T18:00Z",
        "excel-days | 44927 | 2023-01-01",
        "excel-days | 61.0 | 1900-03-01",
        "dd/MM/yyyy HH:mm | 31/12/2020 24:00 | 2021-01-01T00:00",
        "EEE dd.MM.yyyy HH | Sat 29.02.2020 24 | 2020-03-01T00:00",
        "yyyyDDD'T'HH:mm:ss.SSSXXX | 2012060T24:00:00.000+01:00 | 2012-03-01T00:00+01:00",
        "d.M.yyyy[ H:mm] | 31.1.2012 24:00 | 2012-02-01T00:00",
        "d.M.yyyy[ H:mm] | 31.1.2012 | 2012-01-31",
      })
  void aPatternIsRead(String pattern, String cell, String text) {
    assertEquals(text, dates(CellFormat.STANDARD.datePattern(pattern), cell).text(0));
  }

  @ParameterizedTest
  @CsvSource({
    "dd/MM/yyyy HH:mm, 31/11/2020 24:00",
    "dd/MM/yyyy HH:mm, 31/11/2020 24:01",
    "EEE dd/MM/yyyy HH, Fri 31/12/2020 24",
    "yyyy-'Q'q, 2020-Q5",
  })
  void aPatternFindsNoSuchDate(String pattern, String cell) {
    assertTrue(
        message(() -> dates(CellFormat.STANDARD.datePattern(pattern), cell))
            .contains("'" + cell + "' is no date of the calendar"));
  }

  @ParameterizedTest
  @CsvSource({
    "dd/MM/yyyy HH:mm, 31/12/2020 24:01",
    "dd/MM/yyyy HH:mm:ss, 31/12/2020 24:00:01",
    "dd/MM/yyyy HH:mm:ss.S, 31/12/2020 24:00:00.1",
    "dd/MM/yyyy HH:mm, 31/12/2020 25:00",
    "dd/MM/yyyy hh:mm a, 31/12/2020 24:00 PM",
    "dd/MM/yyyy hh:mm a, 31/12/2020 00:30 AM",
  })
  void aPatternNamesTheTimeThatIsToBlame(String pattern, String cell) {
    assertEquals(
        "w.csv, line 2, column 'd': '" + cell + "' " + NO_TIME,
        message(() -> dates(CellFormat.STANDARD.datePattern(pattern), cell)));
  }

  @Test
  void aCommaMayStandBeforeTheYear() {
    Dates dates = dates(CellFormat.STANDARD, "Jan 31, 2012 6:05 PM|february 1 2012 12:00 am");
    assertEquals("2012-01-31T18:05", dates.text(0));
    assertEquals("2012-02-01T00:00", dates.text(1));
  }

  @Test
  void aDayAndItsNameMustAgree() {
    CellFormat format = CellFormat.STANDARD.datePattern("EEE dd MMM yyyy");
    assertTrue(
        message(() -> dates(format, "Mon 31 Jan 2012")).contains("is no date of the calendar"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-31 01:00:00 CET",
        "2024-03-31 01:00 PDT",
        "2024-03-31T01:00[Europe/Berlin]",
        "03/31/2024 1:00 AM America/New_York"
      })
  void aZoneIsNoOffset(String cell) {
    assertEquals(
        "w.csv, line 2, column 'd': '"
            + cell
            + "' names a zone, which has more than one offset in a year; write the offset, as in"
            + " 2012-01-31T18:00+01:00, or the time in UTC, as in 2012-01-31T17:00Z",
        message(() -> dates(CellFormat.STANDARD, cell)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"31.03.2024 01:00 Uhr", "2024-03-31 01:00 hrs"})
  void aWordIsNoZone(String cell) {
    String message = message(() -> dates(CellFormat.STANDARD, cell));
    assertTrue(message.contains("is not a date like"), message);
    assertTrue(message.contains("--date-format"), message);
  }

  @Test
  void whereAPatternDoesNotFitItMayBeThePattern() {
    assertEquals(
        "w.csv, line 2, column 'd': '31.01.2012' is not a date in the form yyyy-MM-dd; correct the"
            + " pattern or the cell, or leave the row out",
        message(() -> dates(CellFormat.STANDARD.datePattern("yyyy-MM-dd"), "31.01.2012")));
  }

  @Test
  void dayAndTimeStandInTwoColumns() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    columns.put("day", List.of("31.01.2012", "31.01.2012", "01.02.2012"));
    columns.put("time", List.of("22:00", " 23:00:30", "0:01"));
    columns.put("end", List.of("23", "24", "01"));
    columns.put("hour", List.of("22", "23", ""));
    Table table = table(CellFormat.STANDARD, columns);
    assertEquals("2012-01-31T23:00:30", table.dates("day", "time").text(1));
    assertEquals("2012-02-01T00:01:00", table.dates("day", "time").text(2));
    assertEquals("2012-02-01T00:00", table.dates("day", "end").text(1));
    assertEquals("1 hour", table.dates("day", "end").spacing().toString());
    assertEquals(
        "w.csv, line 4, column 'hour': the cell is empty; fill it, or leave the row out",
        message(() -> table.dates("day", "hour")));
    Table pattern =
        table(
            CellFormat.STANDARD.datePattern("dd.MM.yyyy H:mm"),
            Map.of("day", List.of("31.01.2012"), "time", List.of("9:05")));
    assertEquals("2012-01-31T09:05", pattern.dates("day", "time").text(0));
    Table half =
        table(
            CellFormat.STANDARD.datePattern("dd.MM.yyyy"),
            Map.of("day", List.of("31.01.2012"), "time", List.of("9:05")));
    assertEquals(
        "the date pattern 'dd.MM.yyyy' is for the day and the time, with a blank between them, and"
            + " has no time; add HH:mm behind a blank",
        message(() -> half.dates("day", "time")));
    Table numbers = table.with("n", new double[3]);
    assertTrue(message(() -> numbers.dates("day", "n")).contains("are not both text"));
  }

  @Test
  void momentsOfEveryKindKeepTheirOffset() {
    Dates dates =
        Dates.of(
            List.of(
                OffsetDateTime.parse("2012-01-31T18:00+01:00"),
                Instant.parse("2012-01-31T17:30:00Z"),
                ZonedDateTime.parse("2012-01-31T19:00+01:00[Europe/Berlin]")));
    assertEquals("2012-01-31T18:00+01:00", dates.text(0));
    assertEquals("2012-01-31T17:30Z", dates.text(1));
    assertEquals("2012-01-31T19:00+01:00", dates.text(2));
    assertEquals("30 minutes", dates.requireAscending().spacing().toString());
    assertEquals(LocalDateTime.parse("2012-01-31T18:00"), dates.get(0));
  }

  @Test
  void changesOfClocksAreNamed() {
    Dates back =
        dates(
            CellFormat.STANDARD,
            "2023-10-29T01:30|2023-10-29T02:00|2023-10-29T02:30|2023-10-29T02:00");
    assertEquals(
        "w.csv, line 5, column 'd': the date 2023-10-29T02:00 is earlier than 2023-10-29T02:30 in line"
            + " 4; clocks go back an hour then; write the times with their offset"
            + " (2012-01-31T18:00+01:00), or in UTC",
        message(back::requireAscending));
    Dates other = dates(CellFormat.STANDARD, "2023-06-29T02:30|2023-06-29T02:00");
    assertTrue(message(other::requireAscending).endsWith("sort the rows by date"));
    Dates forward =
        dates(
            CellFormat.STANDARD,
            "2023-03-12T00:30|2023-03-12T01:00|2023-03-12T01:30|2023-03-12T03:00");
    assertEquals(1, forward.clockChanges(forward.spacing()).size());
    Dates gap =
        dates(
            CellFormat.STANDARD,
            "2023-06-12T00:30|2023-06-12T01:00|2023-06-12T01:30|2023-06-12T03:00");
    assertEquals(List.of(), gap.clockChanges(gap.spacing()));
    Dates utc = dates(CellFormat.STANDARD, "2023-03-12T01:00Z|2023-03-12T01:30Z|2023-03-12T03:00Z");
    assertEquals(List.of(), utc.clockChanges(utc.spacing()));
  }
}
