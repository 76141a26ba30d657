package dev.rnn4j.table;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a column of cells as dates, all written in one way. Without a pattern, the way is the one
 * of the known forms that fits all cells; where two do, and say different dates, it is the user who
 * has to say which.
 */
final class DateColumn {
  private static final String CURE = "; correct the cell, or leave the row out";

  /** A name of a zone at the end, as CET or [Europe/Berlin]. */
  private static final Pattern ZONE =
      Pattern.compile("(.*\\d|.*[Mm]\\.?(?=[ \\[])) ?\\[?([A-Za-z][A-Za-z_/+-]+\\d*)\\]?");

  /** What a zone is called: Europe/Berlin, CET, PDT. */
  private static final DateTimeFormatter NAME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("[VV][z]")
          .toFormatter(Locale.ENGLISH);

  private static final String NAMES_ZONE =
      "names a zone, which has more than one offset in a year; write the offset, as in"
          + " 2012-01-31T18:00+01:00, or the time in UTC, as in 2012-01-31T17:00Z";

  private static final Pattern TIME = Pattern.compile("(.*?)[T ] ?\\d{1,2}:\\d{2}.*");

  private static final String TIME_WITHOUT_DAY =
      "has a time and names no day; name the day, or leave the time out";

  private final IntFunction<String> cells;
  private final int rows;
  private final String name;
  private final Origin origin;
  private final boolean given;
  private List<DateReader> readers;

  /** The row at which each of the other forms was given up. */
  private final List<String> givenUp = new ArrayList<>();

  DateColumn(
      IntFunction<String> cells, int rows, Optional<String> pattern, String name, Origin origin) {
    this.cells = cells;
    this.rows = rows;
    this.name = name;
    this.origin = origin;
    this.given = pattern.isPresent();
    this.readers = pattern.map(DatePattern::of).map(List::of).orElse(List.of());
  }

  /** Returns the known forms in which a cell is written. */
  static List<DateReader> forms(String cell) {
    return Stream.<DateReader>of(DateForm.values()).filter(form -> form.isForm(cell)).toList();
  }

  private static boolean namesZone(String cell) {
    Matcher zone = ZONE.matcher(cell);
    return zone.matches()
        && cell.indexOf(':') >= 0
        && !forms(zone.group(1).strip()).isEmpty()
        && isZone(zone.group(2));
  }

  /** A month, quarter, week or year may have a time behind it by mistake. */
  private static boolean hasTimeWithoutDay(String cell) {
    Matcher time = TIME.matcher(cell);
    return time.matches()
        && forms(time.group(1)).stream()
            .anyMatch(form -> reads(form, time.group(1)) && !form.read(time.group(1)).hasDay());
  }

  private static boolean isZone(String name) {
    ParsePosition position = new ParsePosition(0);
    return NAME.parseUnresolved(name, position) != null && position.getIndex() == name.length();
  }

  Dates read() {
    if (rows == 0) {
      return new Dates(new Moments.Builder(0).build(), name, origin);
    }
    if (!given) {
      readers = forms(cells.apply(0));
      if (readers.isEmpty()) {
        throw noForm();
      }
    }
    for (int row = 0; row < rows && readers.size() > 1; row++) {
      giveUp(row);
    }
    requireOne();
    return moments(readers.get(0));
  }

  /** Says what is wrong with a first cell that is in none of the known forms. */
  private DataException noForm() {
    String cell = cells.apply(0);
    if (namesZone(cell)) {
      return at(0, NAMES_ZONE);
    }
    if (hasTimeWithoutDay(cell)) {
      return at(0, TIME_WITHOUT_DAY);
    }
    if (SpreadsheetDays.mayBe(cell)) {
      return at(
          0,
          "may be a date as spreadsheets count days, "
              + SpreadsheetDays.day(cell)
              + "; write the dates there as 2012-01-31, or read whole days"
              + CellFormat.option("--date-format " + SpreadsheetDays.EXCEL, "Csv.datePattern"));
    }
    return at(
        0,
        "is not a date like 2012-01-31, 2012-01-31T18:00, 31.01.2012, 31 Jan 2012, 2012-01,"
            + " 2012-Q1, 2012-W05 or 2012, nor seconds since 1970; write it so, or give its"
            + " pattern, as dd-MMM-yy is one for 31-Jan-12,"
            + CellFormat.option("--date-format", "Csv.datePattern")
            + (rows > 1 && !forms(cells.apply(1)).isEmpty() ? CellFormat.UNITS : ""));
  }

  /** All cells have a time, AM or PM, and an offset, or none has. */
  private Dates moments(DateReader reader) {
    Moments.Builder moments = new Moments.Builder(rows);
    String style = reader.style(cells.apply(0));
    for (int row = 0; row < rows; row++) {
      String cell = cells.apply(row);
      try {
        Moment moment = reader.read(cell);
        if (!reader.style(cell).equals(style) || !moments.add(moment)) {
          throw otherKind(row, reader);
        }
      } catch (DateTimeException e) {
        throw noDate(row);
      }
    }
    return new Dates(moments.build(), name, origin);
  }

  private DataException otherKind(int row, DateReader reader) {
    boolean offset = hasOffset(row, reader);
    if (offset != hasOffset(0, reader)) {
      return at(
          row,
          (offset ? "has an offset, and '" : "has no offset, and '")
              + cells.apply(0)
              + "' in "
              + origin.row(0)
              + (offset ? " has none" : " has one")
              + "; give all times with their offset, or all without");
    }
    return at(
        row,
        "is written otherwise than '"
            + cells.apply(0)
            + "' in "
            + origin.row(0)
            + "; write all dates alike");
  }

  private boolean hasOffset(int row, DateReader reader) {
    try {
      return reader.read(cells.apply(row)).offset() != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Gives up the forms in which a cell is no date, but not the last one. */
  private void giveUp(int row) {
    String cell = cells.apply(row);
    List<DateReader> left = new ArrayList<>();
    for (DateReader reader : readers) {
      if (reads(reader, cell)) {
        left.add(reader);
      }
    }
    if (left.isEmpty()) {
      throw noDate(row);
    }
    if (left.size() < readers.size()) {
      givenUp.add("'" + cell + "' in " + origin.row(row));
      readers = left;
    }
  }

  private static boolean reads(DateReader reader, String cell) {
    try {
      reader.read(cell);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private DataException noDate(int row) {
    String cell = cells.apply(row);
    Optional<String> noTime = readers.stream().flatMap(one -> noTime(one, cell)).findFirst();
    if (noTime.isPresent()) {
      return at(row, noTime.get() + CURE);
    }
    DateReader reader = readers.get(0);
    String because = givenUp.isEmpty() ? "" : ", which " + givenUp.get(0) + " is in";
    if (givenUp.isEmpty() && reader.isForm(cell)) {
      return at(row, "is no date of the calendar" + CURE);
    }
    if (!given && hasTimeWithoutDay(cell)) {
      return at(row, TIME_WITHOUT_DAY);
    }
    return at(
        row,
        "is not a date in the form "
            + reader
            + because
            + (given ? "; correct the pattern or the cell, or leave the row out" : CURE));
  }

  /** Returns what is wrong with the time in a cell, where nothing else is. */
  private static Stream<String> noTime(DateReader reader, String cell) {
    try {
      reader.read(cell);
      return Stream.empty();
    } catch (NoSuchTimeException e) {
      return Stream.of(e.getMessage());
    } catch (DateTimeException e) {
      return Stream.empty();
    }
  }

  private void requireOne() {
    if (readers.size() < 2) {
      return;
    }
    DateReader first = readers.get(0);
    DateReader second = readers.get(1);
    for (int row = 0; row < rows; row++) {
      String cell = cells.apply(row);
      if (!first.read(cell).equals(second.read(cell))) {
        throw at(
            row,
            "reads both as "
                + first
                + " and as "
                + second
                + ", and no row of the column decides; say which"
                + CellFormat.option("--date-format", "Csv.datePattern"));
      }
    }
  }

  private DataException at(int row, String what) {
    return new DataException(
        origin.cell(row, name) + ": " + CellFormat.quoted(cells.apply(row)) + " " + what);
  }
}
