package dev.rnn4j.window;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multimap;
import com.google.common.primitives.Ints;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Step;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a table in runs: rows of one series, one after the other, without a gap.
 *
 * @param all the runs
 * @param dates the rows' dates, if there are any
 * @param largestStep the largest step between dates that is no gap
 */
record Runs(List<Run> all, Optional<Dates> dates, Optional<Step> largestStep) {
  /**
   * One run.
   *
   * @param rows its rows
   * @param endsSeries whether its series ends with it, and not with a gap
   */
  record Run(int[] rows, boolean endsSeries) {}

  static Runs of(Table table, Windowing windowing) {
    List<int[]> series = series(table, windowing.series);
    if (windowing.dates.isEmpty()) {
      List<Run> whole = series.stream().map(rows -> new Run(rows, true)).toList();
      return new Runs(whole, Optional.empty(), Optional.empty());
    }
    Dates dates = table.dates(windowing.dates.get());
    series.forEach(dates::requireAscending);
    Step step = windowing.largestStep.orElseGet(() -> dates.step(series));
    List<Run> runs = series.stream().flatMap(rows -> cut(rows, dates, step).stream()).toList();
    return new Runs(runs, Optional.of(dates), Optional.of(step));
  }

  private static List<int[]> series(Table table, Optional<String> column) {
    if (column.isEmpty()) {
      return List.of(IntStream.range(0, table.rows()).toArray());
    }
    List<String> keys = table.text(column.get());
    Multimap<String, Integer> series = LinkedHashMultimap.create();
    for (int row = 0; row < keys.size(); row++) {
      series.put(keys.get(row), row);
    }
    return series.asMap().values().stream().map(Ints::toArray).toList();
  }

  private static List<Run> cut(int[] rows, Dates dates, Step step) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < rows.length; i++) {
      if (dates.isGap(rows[i - 1], rows[i], step)) {
        runs.add(new Run(Arrays.copyOfRange(rows, from, i), false));
        from = i;
      }
    }
    runs.add(new Run(Arrays.copyOfRange(rows, from, rows.length), true));
    return runs;
  }

  int longest() {
    return all.stream().mapToInt(run -> run.rows().length).max().orElse(0);
  }

  /** Returns the rows of all runs, one run after the other. */
  int[] order() {
    return all.stream().flatMapToInt(run -> IntStream.of(run.rows())).toArray();
  }
}
