package dev.rnn4j.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TableTest {
  private final Table table = Table.of(new double[][] {{1, 2}, {3, 4}, {5, Double.NaN}}, "a", "b");

  private static String message(Executable code) {
    return assertThrows(DataException.class, code).getMessage();
  }

  @Test
  void isMadeOfArraysAndStreams() {
    assertEquals(List.of("a", "b"), table.names());
    assertArrayEquals(new double[] {2, 4, Double.NaN}, table.column("b"));
    Table streamed = Table.of(Stream.of(new double[] {1, 2}, new double[] {3, 4}));
    assertEquals(List.of("0", "1"), streamed.names());
    assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, streamed.matrix());
    assertEquals("the table: 3 rows of a, b", table.toString());
  }

  @Test
  void refusesWhatIsNoTable() {
    String none = "there are no values; a table needs at least one row and one column";
    assertEquals(none, message(() -> Table.of(new double[0][])));
    assertEquals(none, message(() -> Table.of(new double[2][0])));
    assertEquals(
        "row 1 has 3 values, and the rows before it 2; give all rows the same length",
        message(() -> Table.of(new double[][] {{1, 2}, {1, 2, 3}})));
    assertEquals(
        "2 columns need 2 different names, not [a, a]",
        message(() -> Table.of(new double[][] {{1, 2}}, "a", "a")));
    assertEquals(
        "the table, row 1, column 'b': Infinity is not finite; correct the value",
        message(() -> Table.of(new double[][] {{1, 2}, {3, Double.POSITIVE_INFINITY}}, "a", "b")));
    assertEquals(
        "column 'c' has 2 values, and the table 3 rows",
        message(() -> table.with("c", new double[2])));
  }

  @Test
  void keepsNoArrayOfItsCaller() {
    double[][] rows = {{1}, {2}};
    Table made = Table.of(rows);
    rows[0][0] = 9;
    made.column(0)[1] = 9;
    made.matrix()[0][0] = 9;
    assertArrayEquals(new double[] {1, 2}, made.column(0));
  }

  @Test
  void addsAndReplacesColumns() {
    Table more = table.with("c", new double[] {7, 8, 9}).with("a", new double[] {0, 0, 0});
    assertEquals(List.of("a", "b", "c"), more.names());
    assertArrayEquals(new double[] {0, 0, 0}, more.column("a"));
    assertArrayEquals(new double[] {1, 3, 5}, table.column("a"));
  }

  @Test
  void blanksAroundTextsAreTakenAway() {
    Table shops =
        Table.ofText(
            "s.csv",
            new int[] {2, 3, 4},
            Map.of("shop", List.of(" a", "a ", "b c")),
            CellFormat.STANDARD);
    assertEquals(List.of(" a", "a ", "b c"), shops.text("shop"));
    Table stripped = shops.strip("shop");
    assertEquals(List.of("a", "a", "b c"), stripped.text("shop"));
    assertEquals(List.of("a", "b c"), stripped.slice(new Rows(1, 3)).text("shop"));
    assertEquals(table.column("a")[0], table.strip("a").column("a")[0]);
  }

  @Test
  void aSliceKeepsTheNumbersOfItsRows() {
    Table slice = table.slice(new Rows(1, 3));
    assertArrayEquals(new double[] {3, 5}, slice.column("a"));
    assertEquals("the table, row 2, column 'b'", slice.cellName(1, "b"));
    assertEquals(0, table.slice(new Rows(3, 3)).rows());
    assertEquals(
        "the table has 3 rows, so there are no rows [2, 4); take fewer",
        message(() -> table.slice(new Rows(2, 4))));
    assertThrows(IllegalArgumentException.class, () -> new Rows(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rows(-1, 1));
  }
}
