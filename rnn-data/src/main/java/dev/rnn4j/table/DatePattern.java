package dev.rnn4j.table;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pattern of {@link DateTimeFormatter} that says all there is to a date, and is read strictly.
 */
final class DatePattern implements DateReader {
  private static final List<ChronoField> PARTS_OF_HOUR =
      List.of(ChronoField.MINUTE_OF_HOUR, ChronoField.SECOND_OF_MINUTE, ChronoField.NANO_OF_SECOND);

  /** The fields of a day and its offset. */
  private static final Set<TemporalField> WITHOUT_TIME =
      Stream.of(ChronoField.values())
          .filter(field -> !field.isTimeBased())
          .collect(toUnmodifiableSet());

  private final String pattern;
  private final DateTimeFormatter formatter;

  private DatePattern(String pattern, DateTimeFormatter formatter) {
    this.pattern = pattern;
    this.formatter = formatter;
  }

  /**
   * Returns the reader for a pattern, or for the name of a form that no pattern can say.
   *
   * @throws DataException for a pattern that leaves out a part of a date, or has a letter that
   *     means something else than it is there for
   */
  static DateReader of(String pattern) {
    return Stream.<DateReader>of(Epoch.SECONDS, Epoch.MILLIS, SpreadsheetDays.EXCEL)
        .filter(counted -> counted.toString().equals(pattern))
        .findFirst()
        .orElseGet(() -> parse(pattern));
  }

  private static DateReader parse(String pattern) {
    if (pattern.startsWith("epoch") || pattern.startsWith("excel")) {
      throw new DataException(
          "the date pattern '"
              + pattern
              + "' is none; write "
              + Stream.of(Epoch.values()).map(Epoch::toString).collect(joining(" or "))
              + " for numbers since 1970, or "
              + SpreadsheetDays.EXCEL
              + " for the days of a spreadsheet");
    }
    Letters letters = new Letters(pattern);
    letters.check();
    try {
      return new DatePattern(
          pattern,
          letters.formatter().toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "the date pattern '"
              + pattern
              + "' is none: "
              + e.getMessage()
              + "; see DateTimeFormatter",
          e);
    }
  }

  @Override
  public boolean isForm(String cell) {
    return unresolved(cell).isPresent();
  }

  /** Returns the numbers in a cell, which may be those of no date. */
  private Optional<TemporalAccessor> unresolved(String cell) {
    ParsePosition position = new ParsePosition(0);
    return Optional.ofNullable(formatter.parseUnresolved(cell, position))
        .filter(fields -> position.getErrorIndex() < 0 && position.getIndex() == cell.length());
  }

  @Override
  public Moment read(String cell) {
    try {
      return moment(formatter.parse(cell));
    } catch (DateTimeException e) {
      TemporalAccessor fields = unresolved(cell).filter(DatePattern::hasHour).orElseThrow(() -> e);
      // Where there is no such day, this throws: the time is not to blame.
      TemporalAccessor day = formatter.withResolverFields(WITHOUT_TIME).parse(cell);
      if (!isEndOfDay(fields)) {
        throw NoSuchTimeException.ofClock();
      }
      return Moment.ofTime(
          LocalDate.from(day).plusDays(1).atStartOfDay(), day.query(TemporalQueries.offset()));
    }
  }

  private static boolean hasHour(TemporalAccessor fields) {
    return Stream.of(ChronoField.HOUR_OF_DAY, ChronoField.CLOCK_HOUR_OF_AMPM)
        .anyMatch(fields::isSupported);
  }

  /** Strict reading refuses the hour 24, which is the next day's midnight. */
  private static boolean isEndOfDay(TemporalAccessor fields) {
    return fields.isSupported(ChronoField.HOUR_OF_DAY)
        && fields.getLong(ChronoField.HOUR_OF_DAY) == Moment.END_OF_DAY
        && PARTS_OF_HOUR.stream()
            .allMatch(part -> !fields.isSupported(part) || fields.getLong(part) == 0);
  }

  private static Moment moment(TemporalAccessor fields) {
    if (fields.isSupported(ChronoField.EPOCH_DAY)) {
      LocalDate day = LocalDate.from(fields);
      ZoneOffset offset = fields.query(TemporalQueries.offset());
      return fields.isSupported(ChronoField.NANO_OF_DAY)
          ? Moment.ofTime(day.atTime(LocalTime.from(fields)), offset)
          : Moment.ofDay(Moment.Kind.DAY, day);
    }
    int year = fields.get(ChronoField.YEAR);
    if (fields.isSupported(ChronoField.MONTH_OF_YEAR)) {
      int month = fields.get(ChronoField.MONTH_OF_YEAR);
      return Moment.ofDay(Moment.Kind.MONTH, LocalDate.of(year, month, 1));
    }
    if (fields.isSupported(IsoFields.QUARTER_OF_YEAR)) {
      int month = 3 * (int) fields.getLong(IsoFields.QUARTER_OF_YEAR) - 2;
      return Moment.ofDay(Moment.Kind.QUARTER, LocalDate.of(year, month, 1));
    }
    return Moment.ofDay(Moment.Kind.YEAR, LocalDate.of(year, 1, 1));
  }

  @Override
  public String style(String cell) {
    return "";
  }

  @Override
  public String toString() {
    return pattern;
  }

  /** The letters of a pattern, outside of quotes, and what is wrong with them. */
  private static final class Letters {
    private static final List<String> TOO_MUCH =
        List.of(
            "Y|is the year of a week|write yyyy; weeks as 2012-W05 are read without a pattern",
            "w|is the week of a year|give days, as yyyy-MM-dd; weeks as 2012-W05 are read without a"
                + " pattern",
            "W|is the week of a month|give days, as yyyy-MM-dd",
            "F|is the week of a month|write dd for the day",
            "e|is the day of a week|write dd for the day of the month",
            "c|is the day of a week|write dd for the day of the month",
            "g|counts days from 1858|write yyyy-MM-dd",
            "n|counts nanoseconds|write S for fractions of a second",
            "N|counts nanoseconds of the day|write HH:mm:ss",
            "A|counts milliseconds of the day|write HH:mm:ss",
            "k|is an hour from 1 to 24, where 24 begins the day|write HH, which reads 24:00 as its end",
            "K|is an hour from 0 to 11|write hh and a for hours from 1 to 12",
            "B|is a part of the day in words|write a for AM and PM",
            "z|is the name of a zone, which does not say the offset|write XXX for an offset as +01:00",
            "v|is the name of a zone, which does not say the offset|write XXX for an offset as +01:00",
            "V|is the name of a zone, which does not say the offset|write XXX for an offset as +01:00");

    /** A text in quotes, or a letter as often as it follows itself. */
    private static final Pattern PART = Pattern.compile("'[^']*'?|(\\p{L})\\1*");

    /** A year of two digits is between 1969 and 2068. */
    private static final int FIRST_OF_TWO_DIGITS = 1969;

    private final String pattern;
    private final Map<Character, Integer> runs = new HashMap<>();
    private final Map<Character, String> texts = new HashMap<>();
    private boolean losesUtc;

    Letters(String pattern) {
      this.pattern = pattern;
      Matcher part = PART.matcher(pattern);
      while (part.find()) {
        losesUtc |= part.group().startsWith("'Z");
        if (part.group(1) != null) {
          char letter = part.group(1).charAt(0);
          runs.merge(letter, 1, Integer::sum);
          texts.putIfAbsent(letter, part.group());
        }
      }
    }

    /**
     * Letters in any case; a year without an era, as strict reading asks for it; one of two digits
     * from 1969 on, as POSIX has it.
     */
    DateTimeFormatterBuilder formatter() {
      DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
      if (has('G')) {
        return builder.appendPattern(pattern);
      }
      int from = 0;
      Matcher part = PART.matcher(pattern);
      while (part.find()) {
        if ("y".equals(part.group(1)) || "u".equals(part.group(1))) {
          builder.appendPattern(pattern.substring(from, part.start()));
          if (part.group().length() == 2) {
            builder.appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_OF_TWO_DIGITS);
          } else {
            builder.appendPattern("u".repeat(part.group().length()));
          }
          from = part.end();
        }
      }
      return builder.appendPattern(pattern.substring(from));
    }

    private boolean has(char letter) {
      return runs.containsKey(letter);
    }

    private String text(char letter) {
      return texts.get(letter);
    }

    void check() {
      boolean hours = has('H') || has('h');
      boolean months = has('M') || has('L') || has('Q') || has('q');
      TOO_MUCH.stream()
          .map(line -> line.split("\\|"))
          .filter(line -> has(line[0].charAt(0)))
          .forEach(
              line -> refuse("has '" + text(line[0].charAt(0)) + "', which " + line[1], line[2]));
      refuseIf(
          has('m') && !hours, "mm", "is the minute, without an hour", "write MM for the month");
      refuseIf(
          has('D') && (months || has('d')),
          "D",
          "is the day of the year",
          "write dd for the day of the month");
      refuseIf(
          runs.getOrDefault('M', 0) > 1, "M", "is the month, twice", "write mm for the minute");
      refuseIf(
          runs.getOrDefault('m', 0) > 1, "m", "is the minute, twice", "write MM for the month");
      refuseIf(
          has('h') && !has('a'),
          "h",
          "is the hour of AM or PM, without a that says which",
          "write HH for hours from 0 to 23, or add a");
      refuseIf(
          has('H') && has('a'),
          "a",
          "is AM or PM, beside an hour from 0 to 23",
          "write hh for hours from 1 to 12");
      refuseIf(has('a') && !has('h'), "a", "is AM or PM, without an hour", "add hh");
      refuseIf(has('s') && !has('m'), "s", "is the second, without a minute", "add mm");
      refuseIf(has('S') && !has('s'), "S", "is a fraction of a second, without one", "add ss");
      if (losesUtc) {
        refuse("has 'Z' in quotes, which is UTC and would be lost", "write X without quotes");
      }
      if (!has('y') && !has('u')) {
        refuse("has no year", "add yyyy");
      }
      if (has('d') && !has('M') && !has('L')) {
        refuse("has a day and no month", "add MM");
      }
      if (hours && !has('d') && !has('D')) {
        refuse("has a time and no day", "add MM and dd");
      }
    }

    private void refuseIf(boolean wrong, String letter, String what, String cure) {
      if (wrong) {
        refuse("has '" + text(letter.charAt(0)) + "', which " + what, cure);
      }
    }

    private void refuse(String what, String cure) {
      throw new DataException("the date pattern '" + pattern + "' " + what + "; " + cure);
    }
  }
}
