package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Collects rows of text cells, as a file has them, for a table. What is collected takes little more
 * memory than the file.
 */
public final class TextRows {
  private static final int FIRST_ROWS = 64;

  private final String source;
  private final List<String> names;
  private final CellFormat format;
  private final List<Cells> columns;
  private final List<DecimalMarks> marks;
  private int[] lines = new int[FIRST_ROWS];
  private int size;

  /**
   * Begins with no rows.
   *
   * @param source the file's name, for messages
   * @param names of the columns, all different
   */
  public TextRows(String source, List<String> names, CellFormat format) {
    this.source = source;
    this.names = List.copyOf(names);
    this.format = format;
    this.columns = Stream.generate(Cells::new).limit(names.size()).toList();
    this.marks = Stream.generate(() -> new DecimalMarks(format)).limit(names.size()).toList();
  }

  /**
   * Adds a row.
   *
   * @param line the line of the file on which it begins, for messages
   * @param cells one for each column
   */
  public void add(int line, List<String> cells) {
    checkArgument(
        cells.size() == names.size(), "%s cells for %s columns", cells.size(), names.size());
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, 2 * size);
    }
    lines[size++] = line;
    for (int column = 0; column < cells.size(); column++) {
      columns.get(column).add(cells.get(column));
      marks.get(column).add(cells.get(column));
    }
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  /**
   * Returns the table.
   *
   * @param between what stands between the cells: between commas, a point is no thousands mark
   */
  public Table table(char between) {
    int[] all = IntStream.range(0, size).toArray();
    Map<String, Column> texts = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      columns.get(column).trim();
      Optional<Character> decimal = marks.get(column).decide(marks, between);
      texts.put(
          names.get(column), new Column.Text(columns.get(column), all, format, decimal, true));
    }
    return Table.ofColumns(Origin.ofLines(source, Arrays.copyOf(lines, size)), texts);
  }
}
