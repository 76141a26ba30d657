package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.prepare.Part;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A season in parts, and the part that each unseen row is in.
 *
 * @param title what the parts are
 * @param names of the parts
 * @param partOf the part of each row
 */
record Season(String title, List<String> names, int[] partOf) {
  private static final int HOURS = 24;

  /** A season of more rows has too few of each part. */
  private static final int LONGEST = 36;

  /** Returns the seasons of the calendar, or where it has none the one that was found. */
  static List<Season> of(Findings findings, String target) {
    List<Season> seasons =
        findings
            .choices()
            .task()
            .calendar()
            .map(
                calendar ->
                    ofCalendar(
                        calendar.spacing().unit(),
                        findings.judgement().of(target).get(0).dates().orElseThrow()))
            .orElse(List.of());
    return seasons.isEmpty() ? found(findings, target).stream().toList() : seasons;
  }

  private static List<Season> ofCalendar(ChronoUnit unit, List<LocalDateTime> dates) {
    Stream<Season> seasons =
        switch (unit) {
          case YEARS -> Stream.empty();
          case MONTHS -> Stream.of(month(dates));
          case DAYS -> Stream.of(day(dates), month(dates));
          default -> Stream.of(hour(dates), day(dates), month(dates));
        };
    return seasons.filter(season -> IntStream.of(season.partOf).distinct().count() > 1).toList();
  }

  private static Season hour(List<LocalDateTime> dates) {
    List<String> hours = IntStream.range(0, HOURS).mapToObj(Integer::toString).toList();
    return of("hour of the day", hours, dates, LocalDateTime::getHour);
  }

  private static Season day(List<LocalDateTime> dates) {
    List<String> days =
        Stream.of(DayOfWeek.values())
            .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
            .toList();
    return of("day of the week", days, dates, date -> date.getDayOfWeek().ordinal());
  }

  private static Season month(List<LocalDateTime> dates) {
    List<String> months =
        Stream.of(Month.values())
            .map(month -> month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
            .toList();
    return of("month", months, dates, date -> date.getMonth().ordinal());
  }

  private static Season of(
      String title,
      List<String> names,
      List<LocalDateTime> dates,
      ToIntFunction<LocalDateTime> part) {
    return new Season(title, names, dates.stream().mapToInt(part).toArray());
  }

  private static Optional<Season> found(Findings findings, String target) {
    Part part = findings.part();
    int place = part.task().targetNames().indexOf(target);
    return findings
        .choices()
        .wanted()
        .periods()
        .get(place)
        .filter(rows -> rows <= LONGEST)
        .map(
            rows ->
                new Season(
                    "place in the season of " + rows + " rows",
                    IntStream.rangeClosed(1, rows).mapToObj(Integer::toString).toList(),
                    IntStream.of(part.rowsAfter(part.test(), 1))
                        .map(row -> part.rows().place(row) % rows)
                        .toArray()));
  }
}
