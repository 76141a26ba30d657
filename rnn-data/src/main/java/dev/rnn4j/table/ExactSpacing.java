package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** A length of time, whatever the calendar says. */
record ExactSpacing(Duration length) implements Spacing {
  ExactSpacing {
    checkArgument(!length.isNegative() && !length.isZero(), "a spacing of %s", length);
  }

  @Override
  public ChronoUnit unit() {
    return Spacing.unitOf(length);
  }

  @Override
  public Spacing times(int factor) {
    return new ExactSpacing(length.multipliedBy(factor));
  }

  @Override
  public LocalDateTime after(LocalDateTime date, long spacings) {
    return date.plus(length.multipliedBy(spacings));
  }

  @Override
  public int compare(LocalDateTime from, LocalDateTime to) {
    return Duration.between(from, to).compareTo(length);
  }

  @Override
  public String toString() {
    ChronoUnit unit = unit();
    return SpacingText.of(length.dividedBy(unit.getDuration()), SpacingText.name(unit));
  }
}
