package dev.rnn4j.table;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How spacings are written for people and in files, and read again. */
final class SpacingText {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,18}) ([a-z]+(?: day)?)s?(?: \\(([A-Za-z0-9 ]+)\\))?");

  private SpacingText() {}

  /** Returns {@code 1 day} or {@code 2 days}. */
  static String of(long amount, String unit) {
    return amount + " " + unit + (amount == 1 ? "" : "s");
  }

  /** Returns the name of a unit below a day, of one. */
  static String name(ChronoUnit unit) {
    return switch (unit) {
      case HOURS -> "hour";
      case MINUTES -> "minute";
      case SECONDS -> "second";
      case MILLIS -> "millisecond";
      case MICROS -> "microsecond";
      default -> "nanosecond";
    };
  }

  /** Returns {@code Mon Tue Wed}. */
  static String days(Set<DayOfWeek> days) {
    return days.stream().map(SpacingText::name).collect(Collectors.joining(" "));
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }

  static Spacing parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no spacing of dates");
    }
    long amount = Long.parseLong(form.group(1));
    String unit = form.group(2).replaceFirst("s$", "");
    String rest = form.group(3) == null ? "" : form.group(3);
    Spacing spacing =
        switch (unit) {
          case "year" -> new MonthSpacing(Math.multiplyExact(amount, 12), monthDay(rest));
          case "quarter" -> new MonthSpacing(Math.multiplyExact(amount, 3), monthDay(rest));
          case "month" -> new MonthSpacing(amount, monthDay(rest));
          case "week" -> Spacing.of(amount, ChronoUnit.WEEKS);
          case "day" -> Spacing.of(amount, ChronoUnit.DAYS);
          case "working day" ->
              new DaySpacing(amount, rest.isEmpty() ? DaySpacing.WORKING_DAYS : week(rest));
          default -> Spacing.of(amount, exactUnit(unit));
        };
    if (!spacing.toString().equals(text)) {
      throw new IllegalArgumentException("'" + text + "' is no spacing of dates");
    }
    return spacing;
  }

  private static MonthDay monthDay(String text) {
    for (MonthDay day : MonthDay.values()) {
      if (day.toString().equals(text)) {
        return day;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no day of a month");
  }

  private static Set<DayOfWeek> week(String text) {
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if ((" " + text + " ").contains(" " + name(day) + " ")) {
        days.add(day);
      }
    }
    return days;
  }

  private static ChronoUnit exactUnit(String name) {
    for (ChronoUnit unit : ChronoUnit.values()) {
      if (unit.compareTo(ChronoUnit.HOURS) <= 0 && name(unit).equals(name)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is no unit of time");
  }
}
