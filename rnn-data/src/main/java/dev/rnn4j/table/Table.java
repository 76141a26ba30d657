package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An immutable table of named columns. Columns and rows count from 0; messages show the line of the
 * file where there is one.
 *
 * <p>Cells read from text become numbers or dates when a column is asked for, so a column that
 * nobody uses may hold anything.
 */
public final class Table {
  private final Origin origin;
  private final NamedColumns columns;

  private Table(Origin origin, Map<String, Column> columns) {
    this.origin = origin;
    this.columns = new NamedColumns(origin.source(), ImmutableMap.copyOf(columns));
  }

  /**
   * Returns a table of numbers; NaN is a missing value. Without names, columns are named by their
   * position: 0, 1, and so on.
   *
   * @throws DataException for no rows, rows of unequal length, an infinite value, or names that do
   *     not fit
   */
  public static Table of(double[][] rows, String... names) {
    return new NumberRows(rows).table(names);
  }

  /**
   * Returns a table of the rows that a stream gives; see {@link #of(double[][], String...)}.
   *
   * @throws DataException for no rows, rows of unequal length, an infinite value, or names that do
   *     not fit
   */
  public static Table of(Stream<double[]> rows, String... names) {
    return of(rows.toArray(double[][]::new), names);
  }

  /**
   * Returns a table of text cells.
   *
   * @param source the file's name, for messages
   * @param lines the line on which each row begins, for messages
   * @param columns the cells of every column by its name, one for each line
   */
  public static Table ofText(
      String source, int[] lines, Map<String, List<String>> columns, CellFormat format) {
    TextRows rows = new TextRows(source, List.copyOf(columns.keySet()), format);
    columns.forEach(
        (name, cells) ->
            checkArgument(
                cells.size() == lines.length,
                "column '%s' has %s cells for %s rows",
                name,
                cells.size(),
                lines.length));
    for (int row = 0; row < lines.length; row++) {
      int place = row;
      rows.add(lines[row], columns.values().stream().map(cells -> cells.get(place)).toList());
    }
    return rows.table(',');
  }

  static Table ofColumns(Origin origin, Map<String, Column> columns) {
    return new Table(origin, columns);
  }

  /** Returns the name of the file, or {@code the table}. */
  public String source() {
    return origin.source();
  }

  /** Returns the number of rows. */
  public int rows() {
    return origin.numbers().length;
  }

  /** Returns the names of the columns in their order. */
  public List<String> names() {
    return columns.names();
  }

  /**
   * Returns the name of the column at a position.
   *
   * @throws DataException where there is none
   */
  public String name(int position) {
    return columns.name(position);
  }

  /** Returns a row as messages name it: {@code line 17}, or {@code row 3} without a file. */
  public String rowName(int row) {
    return origin.row(row);
  }

  /** Returns a cell as messages name it: {@code weather.csv, line 17, column 'rain'}. */
  public String cellName(int row, String column) {
    return origin.cell(row, column);
  }

  /**
   * Returns the numbers of a column, NaN where one is missing.
   *
   * @throws DataException where there is no such column, or a cell is not a number
   */
  public double[] column(String name) {
    return columns.find(name).numbers(name, origin);
  }

  /** Returns the numbers of the column at a position; see {@link #column(String)}. */
  public double[] column(int position) {
    return column(name(position));
  }

  /**
   * Returns the dates of a column.
   *
   * @throws DataException where there is no such column, or a cell is missing or no date
   */
  public Dates dates(String name) {
    return columns.find(name).dates(name, origin);
  }

  /**
   * Returns the dates of days in one column and times of day in another.
   *
   * @throws DataException where there is no such column, one holds no text, or a cell is missing or
   *     no date or time
   */
  public Dates dates(String days, String times) {
    if (columns.find(days) instanceof Column.Text day
        && columns.find(times) instanceof Column.Text time) {
      return day.dates(days, time, times, origin);
    }
    throw new DataException(
        source()
            + ": the columns '"
            + days
            + "' and '"
            + times
            + "' are not both text to read days and times from; name the columns as they were read");
  }

  /** Returns the dates of the column at a position; see {@link #dates(String)}. */
  public Dates dates(int position) {
    return dates(name(position));
  }

  /**
   * Returns the cells of a column as text.
   *
   * @throws DataException where there is no such column
   */
  public List<String> text(String name) {
    return columns.find(name).text();
  }

  /** Returns the cells of the column at a position as text. */
  public List<String> text(int position) {
    return text(name(position));
  }

  /**
   * Returns how many cells of a column are missing, numbers, or anything else.
   *
   * @throws DataException where there is no such column
   */
  public Content content(String name) {
    return columns.find(name).content();
  }

  /** Returns the numbers of all columns; see {@link #matrix(String...)}. */
  public double[][] matrix() {
    return matrix(names().toArray(String[]::new));
  }

  /**
   * Returns the numbers of some columns, {@code [rows][columns]}, NaN where one is missing.
   *
   * @throws DataException where there is no such column, or a cell is not a number
   */
  public double[][] matrix(String... names) {
    double[][] matrix = new double[rows()][names.length];
    for (int column = 0; column < names.length; column++) {
      double[] values = column(names[column]);
      for (int row = 0; row < values.length; row++) {
        matrix[row][column] = values[row];
      }
    }
    return matrix;
  }

  /** Returns the numbers of the columns at some positions; see {@link #matrix(String...)}. */
  public double[][] matrix(int... positions) {
    return matrix(IntStream.of(positions).mapToObj(this::name).toArray(String[]::new));
  }

  /**
   * Returns this table with a column of numbers added, or replaced; NaN is a missing value.
   *
   * @throws DataException for the wrong count of values, or an infinite one
   */
  public Table with(String name, double[] values) {
    requireRows(name, values.length);
    for (int row = 0; row < values.length; row++) {
      if (Double.isInfinite(values[row])) {
        throw new DataException(
            origin.cell(row, name) + ": " + values[row] + " is not finite; correct the value");
      }
    }
    return with(name, new Column.Numbers(values.clone()));
  }

  /**
   * Returns this table with a column of dates added, or replaced.
   *
   * @throws DataException for the wrong count of dates
   */
  public Table with(String name, Dates dates) {
    requireRows(name, dates.size());
    return with(name, new Column.Calendar(dates));
  }

  /**
   * Returns this table without the blanks around the texts of a column, as names are compared.
   *
   * @throws DataException where there is no such column
   */
  public Table strip(String name) {
    return with(name, columns.find(name).strip());
  }

  /**
   * Checks that no column has a name.
   *
   * @throws DataException where one has it
   */
  public void requireFree(String name) {
    columns.requireFree(name);
  }

  private void requireRows(String name, int given) {
    if (given != rows()) {
      throw new DataException(
          "column '"
              + name
              + "' has "
              + given
              + " values, and "
              + source()
              + " "
              + rows()
              + " rows");
    }
  }

  private Table with(String name, Column column) {
    Map<String, Column> more = new LinkedHashMap<>(columns.all());
    more.put(name, column);
    return new Table(origin, more);
  }

  /**
   * Returns some of the columns, in the order given.
   *
   * @throws DataException where there is no such column
   */
  public Table select(String... names) {
    Map<String, Column> chosen = new LinkedHashMap<>();
    for (String name : names) {
      chosen.put(name, columns.find(name));
    }
    return new Table(origin, chosen);
  }

  /**
   * Returns a part of the rows.
   *
   * @throws DataException where the table has fewer rows
   */
  public Table slice(Rows rows) {
    if (rows.to() > rows()) {
      throw new DataException(
          source() + " has " + rows() + " rows, so there are no rows " + rows + "; take fewer");
    }
    return pick(IntStream.range(rows.from(), rows.to()).toArray());
  }

  /**
   * Returns the rows in the order of a column's dates; rows of one date keep their order.
   *
   * @throws DataException where there is no such column, or a cell is missing or no date
   */
  public Table sortedBy(String dates) {
    return pick(dates(dates).order());
  }

  private Table pick(int[] rows) {
    Map<int[], int[]> composed = new IdentityHashMap<>();
    UnaryOperator<int[]> compose =
        all ->
            composed.computeIfAbsent(
                all, selection -> IntStream.of(rows).map(row -> selection[row]).toArray());
    Map<String, Column> picked = new LinkedHashMap<>();
    columns.all().forEach((name, column) -> picked.put(name, column.pick(rows, compose)));
    return new Table(origin.pick(rows), picked);
  }

  /**
   * Returns the name of a column as the table has it, for one that is written differently in
   * Unicode: é as one character, or as e with an accent.
   *
   * @throws DataException where there is no such column
   */
  public String nameLike(String name) {
    return columns.like(name);
  }

  /** Returns the source, the number of rows and the names of the columns. */
  @Override
  public String toString() {
    return source() + ": " + rows() + " rows of " + columns.listed();
  }
}
