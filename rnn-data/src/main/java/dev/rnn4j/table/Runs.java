package dev.rnn4j.table;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multimap;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a table in runs: rows of one series, one after the other, without a gap between their
 * dates. Neither windows nor fillings reach from one run to another.
 *
 * @param all the runs, in the order in which their series begin
 * @param dates the rows' dates, if there are any
 * @param largestStep the largest step between dates that is no gap
 */
public record Runs(List<Run> all, Optional<Dates> dates, Optional<Spacing> largestStep) {
  /**
   * One run.
   *
   * @param rows its rows
   * @param endsSeries whether its series ends with it, and not with a gap
   */
  public record Run(int[] rows, boolean endsSeries) {}

  /**
   * Finds the runs of a table.
   *
   * @param dates the column of dates; without one, there are no gaps
   * @param series the column that tells series apart; without one, all rows are one series
   * @param largestStep the largest step that is no gap; without one, the most frequent step
   * @throws DataException where a column is not in the table, or the dates of a series do not
   *     ascend
   */
  public static Runs of(
      Table table, Optional<String> dates, Optional<String> series, Optional<Spacing> largestStep) {
    List<int[]> separate = series(table, series);
    if (dates.isEmpty()) {
      List<Run> whole = separate.stream().map(rows -> new Run(rows, true)).toList();
      return new Runs(whole, Optional.empty(), Optional.empty());
    }
    Dates found = table.dates(dates.get());
    separate.forEach(found::requireAscending);
    Spacing step = largestStep.orElseGet(() -> found.spacing(separate));
    List<Run> runs = separate.stream().flatMap(rows -> cut(rows, found, step).stream()).toList();
    return new Runs(runs, Optional.of(found), Optional.of(step));
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

  private static List<Run> cut(int[] rows, Dates dates, Spacing step) {
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

  /** Returns the number of rows in the longest run. */
  public int longest() {
    return all.stream().mapToInt(run -> run.rows().length).max().orElse(0);
  }

  /** Returns the rows of all runs, one run after the other. */
  public int[] order() {
    return all.stream().flatMapToInt(run -> IntStream.of(run.rows())).toArray();
  }
}
