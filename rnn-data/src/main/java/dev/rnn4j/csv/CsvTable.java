package dev.rnn4j.csv;

import dev.rnn4j.table.CellFormat;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import dev.rnn4j.table.TextRows;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Makes a table of records: names its columns, and checks its rows.
 *
 * @param name of the file, for messages
 * @param names of the columns, none for those of the header
 * @param units whether the row below the header is skipped
 */
record CsvTable(String name, Layout layout, List<String> names, boolean units, CellFormat format) {
  /** A record and its line. */
  private record Row(int line, List<String> cells) {
    boolean isBlank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  Table read(Records records) throws IOException {
    do {
      if (!records.next()) {
        throw new DataException(name + " is empty; it needs a header and rows below it");
      }
    } while (records.isBlankLine());
    Row first = new Row(records.line(), records.cells());
    List<String> columns = columns(first);
    TextRows rows = new TextRows(name, columns, format);
    int toSkip = units ? 1 : 0;
    if (!layout.header() && toSkip-- <= 0) {
      add(first, first, columns, rows);
    }
    List<Row> blank = new ArrayList<>();
    while (records.next()) {
      if (records.isBlankLine() && columns.size() > 1 || !records.isBlankLine() && toSkip-- > 0) {
        continue;
      }
      Row row = new Row(records.line(), records.cells());
      blank.add(row);
      if (!row.isBlank()) {
        blank.forEach(one -> add(one, first, columns, rows));
        blank.clear();
      }
    }
    if (rows.size() == 0) {
      throw new DataException(name + " has a header and no rows below it; add rows");
    }
    return withoutEmptyEnd(rows.table(layout.separator()), first);
  }

  private List<String> columns(Row first) {
    int width = first.cells().size();
    boolean blankEnd =
        names.size() < width
            && first.cells().subList(names.size(), width).stream().allMatch(String::isBlank);
    if (!names.isEmpty() && names.size() != width && !blankEnd) {
      throw new DataException(
          name
              + " has "
              + width
              + " columns, and there are "
              + names.size()
              + " names for them: "
              + String.join(", ", names));
    }
    List<String> columns = new ArrayList<>();
    for (int position = 0; position < width; position++) {
      String column = layout.header() ? first.cells().get(position).strip() : "";
      column = position < names.size() ? names.get(position) : names.isEmpty() ? column : "";
      column = Normalizer.normalize(column, Normalizer.Form.NFC);
      column = column.isEmpty() ? Integer.toString(position) : column;
      if (columns.contains(column)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s, line %d: the columns at the positions %d and %d are both named '%s'; give"
                    + " each its own name%s",
                name,
                first.line(),
                columns.indexOf(column),
                position,
                column,
                format.isNumber(column)
                    ? ", or, if the line is data, take it as such with --no-header (in code"
                        + " Csv.withoutHeader)"
                    : ""));
      }
      columns.add(column);
    }
    return columns;
  }

  private void add(Row row, Row first, List<String> columns, TextRows rows) {
    List<String> cells = row.cells();
    int width = columns.size();
    if (cells.size() != width) {
      List<String> header = layout.header() ? first.cells() : Collections.nCopies(width, "x");
      if (!Layout.fits(header, cells)) {
        throw new DataException(ragged(row, columns));
      }
      cells = new ArrayList<>(cells.subList(0, Math.min(width, cells.size())));
      cells.addAll(Collections.nCopies(width - cells.size(), ""));
    }
    Swallowed.check(name, row.line(), cells, layout.separator(), format);
    rows.add(row.line(), cells);
  }

  private String ragged(Row row, List<String> columns) {
    int count = row.cells().size();
    String cure =
        columns.size() == 1
            ? "skip the lines above the header with --skip-rows or --comment (in code Csv.skipRows,"
                + " Csv.comment), or say what is between cells with --separator (in code"
                + " Csv.separator)"
            : count < columns.size()
                ? "give a cell for column '"
                    + columns.get(count)
                    + "', empty if its value is missing, or leave the row out if it is no data"
                : "put quotes around a cell that contains a '"
                    + layout.separator()
                    + "', or say what is between cells with --separator (in code Csv.separator)";
    return String.format(
        Locale.ROOT,
        "%s, line %d: the row has %s, and the table %s; %s",
        name,
        row.line(),
        counted(count, "cell"),
        counted(columns.size(), "column"),
        cure);
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** Leaves out columns that separators at the end of all rows make: no name, and nothing in it. */
  private Table withoutEmptyEnd(Table table, Row first) {
    int width = table.names().size();
    while (width > 1
        && (!layout.header() || first.cells().get(width - 1).isBlank())
        && width > names.size()
        && table.text(width - 1).stream().allMatch(String::isBlank)) {
      width--;
    }
    return width == table.names().size()
        ? table
        : table.select(table.names().subList(0, width).toArray(String[]::new));
  }
}
