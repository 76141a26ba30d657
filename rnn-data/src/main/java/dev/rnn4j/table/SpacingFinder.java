package dev.rnn4j.table;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;

/**
 * Finds how far the dates of a table are usually apart: the most frequent distance, the smallest of
 * equally frequent ones, in the largest unit that tells the dates apart.
 */
final class SpacingFinder {
  /** From this share of equal distances in days on, they are days and no months. */
  private static final double REGULAR = 0.9;

  /** From this share on, a day of the month is the rule, and the others are exceptions to it. */
  private static final double RULE = 2.0 / 3;

  /** Rows closer together than this are no months with exceptions. */
  private static final long SHORTEST_MONTH = 20;

  /** So often a day of the week has to be seen before those never seen are free. */
  private static final int SEEN = 3;

  private final Dates dates;
  private final List<int[]> series;

  private SpacingFinder(Dates dates, List<int[]> series) {
    this.dates = dates;
    this.series = series;
  }

  /** Returns the usual spacing from row to row inside each of some series of rows. */
  static Spacing find(Dates dates, List<int[]> series) {
    return new SpacingFinder(dates, series).find();
  }

  private Spacing find() {
    if (!dates.haveDays()) {
      long usual = usual(months()).orElse(dates.areQuarters() ? 3L : dates.haveMonths() ? 1L : 12L);
      return new MonthSpacing(usual, MonthDay.SAME);
    }
    if (!dates.haveOneTimeOfDay()) {
      Multiset<Long> lengths =
          distances((from, to) -> between(dates.instant(from), dates.instant(to)));
      return new ExactSpacing(Duration.ofNanos(usual(lengths).orElse(1_000_000_000L)));
    }
    return months(distances((from, to) -> day(to).toEpochDay() - day(from).toEpochDay()));
  }

  private static long between(LocalDateTime from, LocalDateTime to) {
    return Duration.between(from, to).toNanos();
  }

  private LocalDate day(int row) {
    return dates.get(row).toLocalDate();
  }

  private Multiset<Long> months() {
    return distances(
        (from, to) -> MonthSpacing.count(dates.get(to)) - MonthSpacing.count(dates.get(from)));
  }

  /** Counts the distances between neighbours, those above 0. */
  private Multiset<Long> distances(ToLongBiFunction<Integer, Integer> distance) {
    Multiset<Long> distances = HashMultiset.create();
    for (int[] rows : series) {
      for (int i = 1; i < rows.length; i++) {
        long found = distance.applyAsLong(rows[i - 1], rows[i]);
        if (found > 0) {
          distances.add(found);
        }
      }
    }
    return distances;
  }

  private static Optional<Long> usual(Multiset<Long> distances) {
    return distances.entrySet().stream()
        .min(
            Comparator.<Multiset.Entry<Long>>comparingInt(entry -> -entry.getCount())
                .thenComparing(Multiset.Entry::getElement))
        .map(Multiset.Entry::getElement);
  }

  private Spacing months(Multiset<Long> days) {
    Optional<Long> usual = usual(days);
    if (usual.isEmpty()) {
      return DaySpacing.every(dates.areWeeks() ? DayOfWeek.values().length : 1);
    }
    Multiset<Long> months = months();
    boolean onceAMonth = months.size() == days.size();
    if (onceAMonth) {
      double regular = (double) days.count(usual.get()) / days.size();
      boolean far = days.elementSet().stream().allMatch(distance -> distance >= SHORTEST_MONTH);
      Optional<MonthDay> day = monthDay(far && regular < REGULAR);
      if (day.isPresent()) {
        return new MonthSpacing(usual(months).orElseThrow(), day.get());
      }
    }
    return weekdays(usual.get(), days);
  }

  /** Returns the rule by which all dates are chosen in their months, or most where that may be. */
  private Optional<MonthDay> monthDay(boolean withExceptions) {
    Map<MonthDay, Integer> counts = new EnumMap<>(MonthDay.class);
    Multiset<Integer> numbers = HashMultiset.create();
    for (int row = 0; row < dates.size(); row++) {
      LocalDate date = day(row);
      numbers.add(date.getDayOfMonth());
      Stream.of(MonthDay.values())
          .filter(rule -> rule != MonthDay.SAME && rule.is(date))
          .forEach(rule -> counts.merge(rule, 1, Integer::sum));
    }
    counts.put(
        MonthDay.SAME,
        numbers.entrySet().stream().mapToInt(Multiset.Entry::getCount).max().orElse(0));
    Optional<MonthDay> best =
        Stream.of(MonthDay.values())
            .max(
                Comparator.<MonthDay>comparingInt(rule -> counts.getOrDefault(rule, 0))
                    .thenComparing(Comparator.reverseOrder()));
    int matched = counts.getOrDefault(best.orElseThrow(), 0);
    if (matched == dates.size()) {
      return best;
    }
    if (!withExceptions) {
      return Optional.empty();
    }
    return matched >= RULE * dates.size() ? best : Optional.of(MonthDay.SAME);
  }

  /** Returns days, or working days where some days of the week are always left out. */
  private Spacing weekdays(long usual, Multiset<Long> days) {
    Multiset<DayOfWeek> seen = HashMultiset.create();
    for (int row = 0; row < dates.size(); row++) {
      seen.add(day(row).getDayOfWeek());
    }
    List<Set<DayOfWeek>> weeks = new ArrayList<>(List.of(DaySpacing.WORKING_DAYS));
    if (seen.elementSet().size() > 1
        && seen.entrySet().stream().allMatch(day -> day.getCount() >= SEEN)) {
      weeks.add(EnumSet.copyOf(seen.elementSet()));
    }
    for (Set<DayOfWeek> week : weeks) {
      if (days.elementSet().size() > 1 && seen.elementSet().equals(week) && week.size() < 7) {
        DaySpacing spacing = new DaySpacing(1, week);
        Multiset<Long> counted =
            distances((from, to) -> spacing.count(day(to)) - spacing.count(day(from)));
        if (counted.count(1L) >= REGULAR * days.size()) {
          return spacing;
        }
      }
    }
    return DaySpacing.every(usual);
  }
}
