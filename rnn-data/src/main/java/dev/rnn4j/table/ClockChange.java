package dev.rnn4j.table;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.function.Predicate;

/**
 * Recognises where local times jump because clocks were changed: by an hour, at a time at which
 * some region of the world did so.
 */
final class ClockChange {
  static final String BACK =
      "clocks go back an hour then; write the times with their offset (2012-01-31T18:00+01:00), or"
          + " in UTC";
  static final String FORWARD =
      ", as clocks go forward then, and no window crosses it; write the times with their offset"
          + " (2012-01-31T18:00+01:00), or in UTC";

  private static final Duration HOUR = Duration.ofHours(1);

  private ClockChange() {}

  /** Returns whether clocks may have gone back between two rows, of which the second is earlier. */
  static boolean back(LocalDateTime before, LocalDateTime row) {
    return Duration.between(row, before).compareTo(HOUR) <= 0
        && anywhere(rules -> rules.getValidOffsets(row).size() > 1);
  }

  /** Returns whether the times that a row misses are those that clocks left out. */
  static boolean forward(LocalDateTime before, LocalDateTime row, Spacing spacing) {
    LocalDateTime expected = spacing.after(before, 1);
    return Duration.between(expected, row).equals(HOUR)
        && Duration.between(before, expected).compareTo(HOUR) <= 0
        && anywhere(rules -> rules.getValidOffsets(expected).isEmpty());
  }

  private static boolean anywhere(Predicate<ZoneRules> change) {
    return Zones.RULES.stream().anyMatch(change);
  }

  /** All rules there are, loaded when the first one is asked for. */
  private static final class Zones {
    static final List<ZoneRules> RULES =
        ZoneId.getAvailableZoneIds().stream()
            .map(id -> ZoneId.of(id).getRules())
            .distinct()
            .toList();
  }
}
