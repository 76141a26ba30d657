package dev.rnn4j.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

/** One way to write dates; all of a column are written in the same. */
final class DateForm {
  private static final List<DateForm> RECOGNISED =
      List.of(
          new DateForm("2012-01-31", DateTimeFormatter.ISO_LOCAL_DATE),
          new DateForm("2012-01", DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT)),
          new DateForm("2012", DateTimeFormatter.ofPattern("uuuu", Locale.ROOT)),
          new DateForm("20120131", DateTimeFormatter.BASIC_ISO_DATE),
          new DateForm("2012-01-31T18:00", DateTimeFormatter.ISO_DATE_TIME),
          new DateForm(
              "2012-01-31 18:00",
              DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm[:ss][XXX]", Locale.ROOT)));

  private final String name;
  private final DateTimeFormatter formatter;

  private DateForm(String name, DateTimeFormatter formatter) {
    this.name = name;
    this.formatter = formatter;
  }

  static DateForm ofPattern(String pattern) {
    return new DateForm(pattern, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  /** Returns the form in which a cell is written, null for none of the known ones. */
  static DateForm recognise(String cell) {
    return RECOGNISED.stream().filter(form -> form.parse(cell) != null).findFirst().orElse(null);
  }

  /** Returns the date in a cell, null if it is written otherwise. */
  Temporal parse(String cell) {
    try {
      return date(formatter.parse(cell));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Returns the most that the fields say: a moment in UTC where there is an offset. */
  private static Temporal date(TemporalAccessor fields) {
    if (fields.isSupported(ChronoField.EPOCH_DAY)) {
      if (!fields.isSupported(ChronoField.NANO_OF_DAY)) {
        return LocalDate.from(fields);
      }
      return fields.isSupported(ChronoField.OFFSET_SECONDS)
          ? OffsetDateTime.from(fields).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
          : LocalDateTime.from(fields);
    }
    return fields.isSupported(ChronoField.MONTH_OF_YEAR)
        ? YearMonth.from(fields)
        : Year.from(fields);
  }

  @Override
  public String toString() {
    return name;
  }
}
