package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * So many days of the week that count: all, or working days only.
 *
 * @param amount how many, at least 1
 * @param counted the days of the week that count, at least one
 */
record DaySpacing(long amount, Set<DayOfWeek> counted) implements Spacing {
  static final Set<DayOfWeek> EVERY_DAY =
      Collections.unmodifiableSet(EnumSet.allOf(DayOfWeek.class));
  static final Set<DayOfWeek> WORKING_DAYS =
      Collections.unmodifiableSet(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

  /** 1 January 1970 was a Thursday; weeks are counted from the Monday before. */
  private static final int MONDAY_BEFORE_EPOCH = -3;

  DaySpacing {
    checkArgument(amount > 0 && !counted.isEmpty(), "a spacing of %s days", amount);
    counted = Collections.unmodifiableSet(EnumSet.copyOf(counted));
  }

  static DaySpacing every(long days) {
    return new DaySpacing(days, EVERY_DAY);
  }

  @Override
  public ChronoUnit unit() {
    return ChronoUnit.DAYS;
  }

  @Override
  public Spacing times(int factor) {
    return new DaySpacing(Math.multiplyExact(amount, (long) factor), counted);
  }

  @Override
  public LocalDateTime after(LocalDateTime date, long spacings) {
    long last = count(date.toLocalDate()) + Math.multiplyExact(amount, spacings) - 1;
    long week = Math.floorDiv(last, (long) counted.size());
    DayOfWeek day = List.copyOf(sorted()).get((int) Math.floorMod(last, (long) counted.size()));
    long days = MONDAY_BEFORE_EPOCH + week * 7 + day.ordinal();
    return LocalDate.ofEpochDay(days).atTime(date.toLocalTime());
  }

  @Override
  public int compare(LocalDateTime from, LocalDateTime to) {
    return Long.compare(count(to.toLocalDate()) - count(from.toLocalDate()), amount);
  }

  /** Returns how many days count up to a date, from the Monday before 1970. */
  long count(LocalDate date) {
    long days = date.toEpochDay() - MONDAY_BEFORE_EPOCH;
    DayOfWeek today = date.getDayOfWeek();
    long thisWeek = counted.stream().filter(day -> day.compareTo(today) <= 0).count();
    return Math.floorDiv(days, 7L) * counted.size() + thisWeek;
  }

  private EnumSet<DayOfWeek> sorted() {
    return EnumSet.copyOf(counted);
  }

  @Override
  public String toString() {
    if (counted.equals(EVERY_DAY)) {
      return amount % 7 == 0 ? SpacingText.of(amount / 7, "week") : SpacingText.of(amount, "day");
    }
    String days = SpacingText.of(amount, "working day");
    return counted.equals(WORKING_DAYS) ? days : days + " (" + SpacingText.days(counted) + ")";
  }
}
