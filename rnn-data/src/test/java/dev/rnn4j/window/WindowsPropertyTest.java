package dev.rnn4j.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Windows against a count by hand, over mixed series with gaps and missing values. */
class WindowsPropertyTest {
  /** One row: its series, the days since the row of its series before it, and what is missing. */
  record Row(int series, int days, boolean noInput, boolean noTarget) {}

  record Cutting(int length, int stride, int horizon, boolean everyStep) {
    int span() {
      return length + horizon;
    }

    Windowing windowing() {
      Windowing common =
          Windowing.length(length)
              .stride(stride)
              .horizon(horizon)
              .inputs("x")
              .series("series")
              .dates("day")
              .largestStep(1, ChronoUnit.DAYS);
      return everyStep ? common.targetAtEveryStep("y") : common.target("y");
    }
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Integer> days = Arbitraries.frequency(Tuple.of(5, 1), Tuple.of(1, 3));
    Arbitrary<Boolean> rarely = Arbitraries.integers().between(0, 7).map(drawn -> drawn == 0);
    return Combinators.combine(Arbitraries.integers().between(0, 2), days, rarely, rarely)
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<Cutting> cuttings() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(true, false))
        .as(Cutting::new);
  }

  /** x is the row's index, y its negative. */
  private static Table table(List<Row> rows) {
    double[][] values = new double[rows.size()][];
    List<LocalDate> dates = new ArrayList<>();
    Map<Integer, LocalDate> last = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      Row row = rows.get(i);
      LocalDate date =
          last.getOrDefault(row.series(), LocalDate.of(2011, 12, 31)).plusDays(row.days());
      last.put(row.series(), date);
      dates.add(date);
      values[i] =
          new double[] {
            row.noInput() ? Double.NaN : i, row.noTarget() ? Double.NaN : -i, row.series()
          };
    }
    return Table.of(values, "x", "y", "series").with("day", Dates.of(dates));
  }

  /** Every row at which a window may begin by the stride, with the rows from it on in its run. */
  private static List<int[]> beginnings(List<Row> rows, int stride) {
    List<int[]> beginnings = new ArrayList<>();
    for (int wanted : rows.stream().mapToInt(Row::series).distinct().toArray()) {
      int[] own =
          IntStream.range(0, rows.size()).filter(i -> rows.get(i).series() == wanted).toArray();
      int runBegin = 0;
      for (int i = 0; i < own.length; i++) {
        if (i > 0 && rows.get(own[i]).days() > 1) {
          runBegin = i;
        }
        if ((i - runBegin) % stride == 0) {
          int end = i + 1;
          while (end < own.length && rows.get(own[end]).days() == 1) {
            end++;
          }
          beginnings.add(Arrays.copyOfRange(own, i, end));
        }
      }
    }
    return beginnings;
  }

  private static boolean complete(List<Row> rows, int[] run, Cutting cutting) {
    boolean inputs =
        Arrays.stream(run, 0, cutting.length()).noneMatch(row -> rows.get(row).noInput());
    int firstTarget = cutting.everyStep() ? cutting.horizon() : cutting.span() - 1;
    boolean targets =
        Arrays.stream(run, firstTarget, cutting.span()).noneMatch(row -> rows.get(row).noTarget());
    return inputs && targets;
  }

  private static List<List<Integer>> rowsOf(Windows windows) {
    return IntStream.range(0, windows.size())
        .mapToObj(i -> Arrays.stream(windows.inputRows(i)).boxed().toList())
        .toList();
  }

  private static List<Integer> first(int[] run, int length) {
    return Arrays.stream(run, 0, length).boxed().toList();
  }

  @Property
  void everyValidWindowIsThereOnceAndNoOther(
      @ForAll("rows") List<Row> rows, @ForAll("cuttings") Cutting cutting) {
    List<int[]> beginnings = beginnings(rows, cutting.stride());
    List<int[]> valid = beginnings.stream().filter(run -> run.length >= cutting.span()).toList();
    Table table = table(rows);
    if (valid.isEmpty()) {
      assertThrows(DataException.class, () -> cutting.windowing().over(table));
      return;
    }
    Windows windows = cutting.windowing().over(table);
    assertEquals(valid.stream().map(run -> first(run, cutting.length())).toList(), rowsOf(windows));
    assertEquals(beginnings.size(), windows.size() + windows.leftOut().total());
    for (int i = 0; i < windows.size(); i++) {
      int from = cutting.everyStep() ? cutting.horizon() : cutting.span() - 1;
      int[] targets = Arrays.copyOfRange(valid.get(i), from, cutting.span());
      assertEquals(Arrays.toString(targets), Arrays.toString(windows.targetRows(i)));
    }
  }

  @Property
  void windowsWithMissingValuesAreSkippedOrNamed(
      @ForAll("rows") List<Row> rows, @ForAll("cuttings") Cutting cutting) {
    List<int[]> beginnings = beginnings(rows, cutting.stride());
    List<int[]> fitting = beginnings.stream().filter(run -> run.length >= cutting.span()).toList();
    List<int[]> valid = fitting.stream().filter(run -> complete(rows, run, cutting)).toList();
    Table table = table(rows);
    if (valid.isEmpty()) {
      assertThrows(DataException.class, () -> cutting.windowing().skipMissing().over(table));
      return;
    }
    Windows skipped = cutting.windowing().skipMissing().over(table);
    assertEquals(valid.stream().map(run -> first(run, cutting.length())).toList(), rowsOf(skipped));
    assertEquals(fitting.size() - valid.size(), skipped.leftOut().missing());
    assertEquals(beginnings.size(), skipped.size() + skipped.leftOut().total());
    skipped.requireComplete();
    Windows all = cutting.windowing().over(table);
    if (valid.size() < fitting.size()) {
      assertThrows(DataException.class, all::requireComplete);
    } else {
      all.requireComplete();
    }
    checkValues(skipped);
  }

  /** A batch holds what the rows say: x is the row's index, y its negative. */
  private static void checkValues(Windows windows) {
    double[] inputs = windows.inputs().toDoubles();
    double[] targets = windows.targets().toDoubles();
    int n = windows.size();
    for (int i = 0; i < n; i++) {
      int[] inputRows = windows.inputRows(i);
      for (int t = 0; t < inputRows.length; t++) {
        assertEquals(inputRows[t], inputs[t * n + i]);
      }
      int[] targetRows = windows.targetRows(i);
      for (int t = 0; t < targetRows.length; t++) {
        assertEquals(-targetRows[t], targets[t * n + i], 0);
      }
    }
  }

  @Property
  void partsHoldTheirTargetsAndShareNone(
      @ForAll("rows") List<Row> rows, @ForAll("cuttings") Cutting cutting, @ForAll int drawn) {
    Table table = table(rows);
    int cut = Math.floorMod(drawn, rows.size() + 1);
    Windows all;
    try {
      all = cutting.windowing().over(table);
    } catch (DataException tooShort) {
      return;
    }
    List<List<Integer>> seen = new ArrayList<>();
    for (Rows part : List.of(new Rows(0, cut), new Rows(cut, rows.size()))) {
      for (boolean reaching : new boolean[] {false, true}) {
        Windows windows;
        try {
          windows = reaching ? all.withTargetsWithin(part) : all.within(part);
        } catch (DataException none) {
          continue;
        }
        assertEquals(
            all.size() + all.leftOut().total(), windows.size() + windows.leftOut().total());
        for (int i = 0; i < windows.size(); i++) {
          assertTrue(Arrays.stream(windows.targetRows(i)).allMatch(part::contains));
          assertTrue(Arrays.stream(windows.inputRows(i)).allMatch(row -> row < part.to()));
          if (!reaching) {
            assertTrue(Arrays.stream(windows.inputRows(i)).allMatch(part::contains));
          }
        }
        if (reaching) {
          seen.addAll(rowsOf(windows));
        }
      }
    }
    assertEquals(seen.size(), seen.stream().distinct().count());
    if (!cutting.everyStep()) {
      assertEquals(all.size(), seen.size());
    }
  }
}
