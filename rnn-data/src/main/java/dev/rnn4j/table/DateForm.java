package dev.rnn4j.table;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A way to write dates that is recognised without a pattern. A cell of this form may still be no
 * date: the form of 31.04.2020 is right, and there is no such day.
 */
enum DateForm implements DateReader {
  DAY("2012-01-31", "(?<y>\\d{4})-(?<M>\\d{1,2})-(?<d>\\d{1,2})" + Parts.TIME),
  MONTH("2012-01", "(?<y>\\d{4})[-/](?<M>\\d{2})"),
  /** As statistics offices write it. */
  MONTH_LETTER("2012M01", "(?<y>\\d{4})-?[Mm](?<M>\\d{1,2})"),
  MONTH_FIRST_OF_TWO("01/2012", "(?<M>\\d{1,2})[-/.](?<y>\\d{4})"),
  QUARTER("2012-Q1", "(?<y>\\d{4})[- ]?[Qq](?<q>[1-4])"),
  QUARTER_FIRST("Q1 2012", "[Qq](?<q>[1-4])[-/ ]?(?<y>\\d{4})"),
  /** A week of ISO 8601, which its year counts from the one with 4 January. */
  WEEK("2012-W05", "(?<y>\\d{4})-?[Ww](?<w>\\d{1,2})"),
  /**
   * A day of such a week, from Monday, 1. Without dashes, a week has two digits: 2012W11 is one.
   */
  WEEK_DAY(
      "2012-W05-1",
      "(?<y>\\d{4})(?<x>-?)[Ww](?<w>\\d{2}|(?<=-[Ww])\\d)\\k<x>(?<W>\\d)" + Parts.TIME),
  YEAR("2012", "(?<y>\\d{4})"),
  YEAR_FIRST("2012/01/31", "(?<y>\\d{4})/(?<M>\\d{1,2})/(?<d>\\d{1,2})" + Parts.TIME),
  YEAR_FIRST_DOTS("2012.01.31", "(?<y>\\d{4})\\.(?<M>\\d{1,2})\\.(?<d>\\d{1,2})" + Parts.TIME),
  DOTS("31.01.2012", "(?<d>\\d{1,2})\\.(?<M>\\d{1,2})\\.(?<y>\\d{4})" + Parts.TIME),
  DAY_FIRST("dd/MM/yyyy", "(?<d>\\d{1,2})/(?<M>\\d{1,2})/(?<y>\\d{4})" + Parts.TIME),
  MONTH_FIRST("MM/dd/yyyy", "(?<M>\\d{1,2})/(?<d>\\d{1,2})/(?<y>\\d{4})" + Parts.TIME),
  DAY_FIRST_DASHES("dd-MM-yyyy", "(?<d>\\d{1,2})-(?<M>\\d{1,2})-(?<y>\\d{4})" + Parts.TIME),
  MONTH_FIRST_DASHES("MM-dd-yyyy", "(?<M>\\d{1,2})-(?<d>\\d{1,2})-(?<y>\\d{4})" + Parts.TIME),
  MONTH_NAME("Jan 2012", Parts.MONTH_NAME + "[-/ ]?(?<y>\\d{4})"),
  MONTH_NAME_LAST("2012 Jan", "(?<y>\\d{4})[-/ ]?" + Parts.MONTH_NAME),
  DAY_MONTH_NAME(
      "31 Jan 2012",
      Parts.NAMED_DAY + "(?<x>[-/ ]?)" + Parts.MONTH_NAME + "\\k<x>(?<y>\\d{4})" + Parts.TIME),
  MONTH_NAME_DAY(
      "Jan 31, 2012", Parts.MONTH_NAME + " " + Parts.NAMED_DAY + ",? (?<y>\\d{4})" + Parts.TIME),
  YEAR_MONTH_NAME(
      "2012 Jan 31",
      "(?<y>\\d{4})(?<x>[-/ ])" + Parts.MONTH_NAME + "\\k<x>(?<d>\\d{1,2})" + Parts.TIME),
  DIGITS("yyyyMMdd", "(?<y>\\d{4})(?<M>\\d{2})(?<d>\\d{2})"),
  DIGITS_HOUR("yyyyMMddHH", "(?<y>\\d{4})(?<M>\\d{2})(?<d>\\d{2})(?<H>\\d{2})"),
  DIGITS_MINUTE("yyyyMMddHHmm", "(?<y>\\d{4})(?<M>\\d{2})(?<d>\\d{2})(?<H>\\d{2})(?<m>\\d{2})"),
  DIGITS_SECOND(
      "yyyyMMddHHmmss", "(?<y>\\d{4})(?<M>\\d{2})(?<d>\\d{2})(?<H>\\d{2})(?<m>\\d{2})(?<s>\\d{2})"),
  DIGITS_TIME(
      "20120131T180000",
      "(?<y>\\d{4})(?<M>\\d{2})(?<d>\\d{2})(?<t>T)(?<H>\\d{2})(?:(?<m>\\d{2})(?:(?<s>\\d{2}))?)?"
          + Parts.OFFSET),
  /** From 1973 to 2286. */
  EPOCH_SECONDS("epoch-seconds", "(?<e>\\d{9,10}(?:\\.\\d{1,9})?)"),
  /** From 1973 to 2286. */
  EPOCH_MILLIS("epoch-millis", "(?<e>\\d{12,13}(?:\\.\\d{1,6})?)");

  private static final class Parts {
    /** An offset, and behind it perhaps the zone that has it then. */
    static final String OFFSET =
        "(?: ?(?<o>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)(?:\\[(?<z>[^\\[\\]]+)\\])?)?";

    static final String TIME =
        "(?:(?<t>[T ] ?)(?<H>\\d{1,2})(?::(?<m>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?)?"
            + "(?: ?(?<a>[AaPp])\\.?[Mm]\\.?)?"
            + OFFSET
            + ")?";

    /** The day beside the name of a month: 31, or 31st. */
    static final String NAMED_DAY = "(?<d>\\d{1,2})(?i:st|nd|rd|th)?";

    /** The name of a month in English, or its abbreviation, in any case, perhaps with a point. */
    static final String MONTH_NAME =
        "(?<N>(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
            + "|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?))\\.?";
  }

  private static final int ABBREVIATION = 3;
  private static final int MONTHS_OF_QUARTER = 3;
  private static final int DAY_IN_FIRST_WEEK = 4;

  private final String name;
  private final Pattern pattern;
  private final List<String> parts;

  DateForm(String name, String pattern) {
    this.name = name;
    this.pattern = Pattern.compile(pattern);
    this.parts =
        List.of("y", "q", "w", "W", "N", "M", "d", "t", "H", "m", "s", "f", "a", "o", "z", "e")
            .stream()
            .filter(part -> pattern.contains("(?<" + part + ">"))
            .toList();
  }

  @Override
  public boolean isForm(String cell) {
    return pattern.matcher(cell).matches();
  }

  @Override
  public Moment read(String cell) {
    Matcher found = pattern.matcher(cell);
    if (!found.matches()) {
      throw new DateTimeException("not of this form");
    }
    if (has("e")) {
      return (this == EPOCH_MILLIS ? Epoch.MILLIS : Epoch.SECONDS).read(cell);
    }
    LocalDate day = day(found);
    if (text(found, "H") == null) {
      return Moment.ofDay(kind(), day);
    }
    LocalDateTime local =
        isEndOfDay(found) ? day.plusDays(1).atStartOfDay() : day.atTime(time(found));
    return Moment.ofTime(local, offset(found, local));
  }

  private LocalDate day(Matcher found) {
    int year = number(found, "y", 1);
    if (has("w")) {
      return monday(year, number(found, "w", 1)).with(DayOfWeek.of(number(found, "W", 1)));
    }
    return LocalDate.of(year, month(found), number(found, "d", 1));
  }

  private int month(Matcher found) {
    if (has("N")) {
      String name = text(found, "N").substring(0, ABBREVIATION).toUpperCase(Locale.ROOT);
      return Stream.of(Month.values())
          .filter(month -> month.name().startsWith(name))
          .findFirst()
          .orElseThrow()
          .getValue();
    }
    return number(found, "M", MONTHS_OF_QUARTER * (number(found, "q", 1) - 1) + 1);
  }

  private Moment.Kind kind() {
    if (has("w")) {
      return has("W") ? Moment.Kind.DAY : Moment.Kind.WEEK;
    }
    if (has("q")) {
      return Moment.Kind.QUARTER;
    }
    return has("d") ? Moment.Kind.DAY : has("M") || has("N") ? Moment.Kind.MONTH : Moment.Kind.YEAR;
  }

  /** Returns the Monday of a week; the last days of a year may be in the first one of the next. */
  private static LocalDate monday(int year, int week) {
    LocalDate first = LocalDate.of(year, 1, DAY_IN_FIRST_WEEK);
    IsoFields.WEEK_OF_WEEK_BASED_YEAR
        .rangeRefinedBy(first)
        .checkValidValue(week, IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    return first.with(DayOfWeek.MONDAY).plusWeeks(week - 1L);
  }

  /** ISO 8601 writes the end of a day, which is the next day's midnight, as its hour 24 too. */
  private boolean isEndOfDay(Matcher found) {
    return number(found, "H", 0) == Moment.END_OF_DAY
        && text(found, "a") == null
        && Stream.of("m", "s", "f").allMatch(part -> number(found, part, 0) == 0);
  }

  private LocalTime time(Matcher found) {
    int hour = number(found, "H", 0);
    String half = text(found, "a");
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw NoSuchTimeException.ofClock();
      }
      hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
    String fraction = text(found, "f") == null ? "" : text(found, "f");
    int nanos = Integer.parseInt((fraction + "0".repeat(9)).substring(0, 9));
    try {
      return LocalTime.of(hour, number(found, "m", 0), number(found, "s", 0), nanos);
    } catch (DateTimeException e) {
      throw NoSuchTimeException.ofClock();
    }
  }

  /** A zone adds nothing to an offset, but has to have that offset at this time. */
  private ZoneOffset offset(Matcher found, LocalDateTime local) {
    String text = text(found, "o");
    if (text == null) {
      return null;
    }
    String zone = text(found, "z");
    try {
      ZoneOffset offset = Character.isLetter(text.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(text);
      if (zone == null || ZoneId.of(zone).getRules().isValidOffset(local, offset)) {
        return offset;
      }
    } catch (DateTimeException e) {
      // There is no such offset or zone.
    }
    throw new NoSuchTimeException(
        "has the offset "
            + text
            + ", which "
            + (zone == null ? "there is not: they are -18:00 to +18:00" : zone + " has not then"));
  }

  private int number(Matcher found, String part, int missing) {
    String text = text(found, part);
    return text == null ? missing : Integer.parseInt(text);
  }

  private String text(Matcher found, String part) {
    return has(part) ? found.group(part) : null;
  }

  private boolean has(String part) {
    return parts.contains(part);
  }

  /**
   * What must be alike in all cells: whether there is a time, a T before it, AM or PM, an offset.
   */
  @Override
  public String style(String cell) {
    Matcher found = pattern.matcher(cell);
    return found.matches() && has("t")
        ? (text(found, "t") == null ? "" : text(found, "t").substring(0, 1))
            + (text(found, "a") == null ? "" : "a")
            + (text(found, "o") == null ? "" : "o")
        : "";
  }

  @Override
  public String toString() {
    return name;
  }
}
