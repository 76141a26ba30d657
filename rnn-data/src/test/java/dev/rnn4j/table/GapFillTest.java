package dev.rnn4j.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GapFillTest {
  private static final double NAN = Double.NaN;
  private static final double[] GAPS = {NAN, 1, NAN, NAN, 4, NAN, 8, NAN, NAN, NAN};

  @Test
  void repeatsThePreviousValue() {
    assertArrayEquals(new double[] {NAN, 1, 1, 1, 4, 4, 8, 8, 8, 8}, GapFill.previous().fill(GAPS));
    assertArrayEquals(
        new double[] {NAN, 1, 1, 1, 4, 4, 8, NAN, NAN, NAN}, GapFill.previous().upTo(2).fill(GAPS));
  }

  @Test
  void drawsALineBetweenNeighbours() {
    assertArrayEquals(
        new double[] {NAN, 1, 2, 3, 4, 6, 8, NAN, NAN, NAN}, GapFill.linear().fill(GAPS), 1e-15);
    assertArrayEquals(
        new double[] {NAN, 1, NAN, NAN, 4, 6, 8, NAN, NAN, NAN},
        GapFill.linear().upTo(1).fill(GAPS));
  }

  @Test
  void fillsTheColumnsItIsTold() {
    Table table = Table.of(new double[][] {{1, 1}, {NAN, NAN}, {3, 3}}, "a", "b");
    Table filled = GapFill.linear().fill(table, "b");
    assertArrayEquals(new double[] {1, NAN, 3}, filled.column("a"));
    assertArrayEquals(new double[] {1, 2, 3}, filled.column("b"));
  }

  @Test
  void staysInsideASeriesAndADateGap() {
    double[][] rows = {{0, 1}, {1, 10}, {0, NAN}, {1, NAN}, {0, 3}, {1, 30}, {0, NAN}, {0, 9}};
    List<LocalDate> days =
        IntStream.of(1, 1, 2, 2, 3, 3, 8, 9).mapToObj(day -> LocalDate.of(2012, 1, day)).toList();
    Table table = Table.of(rows, "s", "x").with("day", Dates.of(days));
    assertArrayEquals(
        new double[] {1, 10, 2, 20, 3, 30, 6, 9},
        GapFill.linear().series("s").fill(table, "x").column("x"));
    assertArrayEquals(
        new double[] {1, 10, 1, 10, 3, 30, NAN, 9},
        GapFill.previous().series("s").dates("day").fill(table, "x").column("x"));
  }

  @Test
  void refusesALongestGapOfNothing() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> GapFill.linear().upTo(0));
    assertEquals("a longest gap of 0 rows fills nothing; it must be at least 1", e.getMessage());
  }

  /** Whatever is present stays; whatever is filled lies between its neighbours. */
  @Property
  void onlyGapsChange(
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 4) Integer> drawn,
      @ForAll @IntRange(min = 1, max = 4) int longest) {
    double[] values = drawn.stream().mapToDouble(value -> value == 0 ? NAN : value).toArray();
    for (GapFill fill : new GapFill[] {GapFill.previous(), GapFill.linear()}) {
      double[] filled = fill.upTo(longest).fill(values);
      for (int row = 0; row < values.length; row++) {
        if (!Double.isNaN(values[row])) {
          assertEquals(values[row], filled[row]);
        } else if (!Double.isNaN(filled[row])) {
          int before = row;
          while (Double.isNaN(values[before])) {
            before--;
          }
          int after = row;
          while (after < values.length && Double.isNaN(values[after])) {
            after++;
          }
          assertTrue(after - before - 1 <= longest);
          double next = after < values.length ? values[after] : values[before];
          assertTrue(filled[row] >= Math.min(values[before], next) - 1e-12);
          assertTrue(filled[row] <= Math.max(values[before], next) + 1e-12);
        }
      }
    }
  }
}
