package dev.rnn4j.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Days as spreadsheets count them, where a cell has lost its format: 43831 is 1 January 2020. */
enum SpreadsheetDays implements DateReader {
  /** From 1 March 1900 on. Before, the first spreadsheets counted a 29 February that was not. */
  EXCEL;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,7}(?:[.,]\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("\\d+(?:[.,]0+)?");
  private static final int FIVE = 5;
  private static final LocalDate ZERO = LocalDate.of(1899, 12, 30);
  private static final LocalDate FIRST = LocalDate.of(1900, 3, 1);

  /** Returns whether a cell is likely to be such a day: with five digits, from 1927 to 2173. */
  static boolean mayBe(String cell) {
    return EXCEL.isForm(cell) && cell.split("[.,]")[0].length() == FIVE;
  }

  /** Returns the day of a cell in this form, whatever its time. */
  static LocalDate day(String cell) {
    return ZERO.plusDays(Integer.parseInt(cell.split("[.,]")[0]));
  }

  @Override
  public boolean isForm(String cell) {
    return NUMBER.matcher(cell).matches();
  }

  @Override
  public Moment read(String cell) {
    if (!isForm(cell)) {
      throw new DateTimeException("not of this form");
    }
    LocalDate day = day(cell);
    if (day.isBefore(FIRST)) {
      throw new DateTimeException("before " + FIRST);
    }
    if (!WHOLE.matcher(cell).matches()) {
      throw new NoSuchTimeException("has a time too, and is not a day alone");
    }
    return Moment.ofDay(Moment.Kind.DAY, day);
  }

  @Override
  public String style(String cell) {
    return "";
  }

  @Override
  public String toString() {
    return "excel-days";
  }
}
