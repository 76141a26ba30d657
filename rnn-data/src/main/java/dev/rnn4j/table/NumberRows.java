package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of numbers for a table: the values of every column, one for each row. */
final class NumberRows {
  private final int rows;
  private final double[][] columns;

  NumberRows(double[][] rows) {
    checkNotNull(rows, "a table was given null as its rows");
    for (int row = 0; row < rows.length; row++) {
      checkNotNull(rows[row], "a table was given null as its row %s", row);
    }
    if (rows.length == 0 || rows[0].length == 0) {
      throw new DataException("there are no values; a table needs at least one row and one column");
    }
    this.rows = rows.length;
    this.columns = new double[rows[0].length][rows.length];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns.length) {
        throw new DataException(
            "row "
                + row
                + " has "
                + rows[row].length
                + " values, and the rows before it "
                + columns.length
                + "; give all rows the same length");
      }
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = rows[row][column];
      }
    }
  }

  Table table(String... names) {
    List<String> named = named(names);
    Table table = Table.ofColumns(Origin.ofRows("the table", rows), Map.of());
    for (int column = 0; column < columns.length; column++) {
      table = table.with(named.get(column), columns[column]);
    }
    return table;
  }

  /** Without names, columns are named by their position. */
  private List<String> named(String... names) {
    if (names.length == 0) {
      return IntStream.range(0, columns.length).mapToObj(Integer::toString).toList();
    }
    if (names.length != columns.length || Stream.of(names).distinct().count() != names.length) {
      throw new DataException(
          columns.length
              + " columns need "
              + columns.length
              + " different names, not "
              + List.of(names));
    }
    return List.of(names);
  }
}
