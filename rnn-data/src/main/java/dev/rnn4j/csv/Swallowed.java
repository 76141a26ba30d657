package dev.rnn4j.csv;

import dev.rnn4j.table.CellFormat;
import dev.rnn4j.table.DataException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds rows that a quote has swallowed: one that is opened by mistake is closed by the next one,
 * and all between is a cell. It begins with the end of its row and ends with the beginning of
 * another one: there are as many cells as rows have, and numbers and dates are in their columns. In
 * a text of several lines that is not so.
 */
final class Swallowed {
  private Swallowed() {}

  /**
   * Checks that no cell of a row contains the beginning of another row.
   *
   * @throws DataException where one does
   */
  static void check(String name, int line, List<String> row, char separator, CellFormat format) {
    for (int quoted = 0; quoted < row.size(); quoted++) {
      List<String> lines = row.get(quoted).lines().toList();
      if (lines.size() < 2) {
        continue;
      }
      int last = lines.size() - 1;
      List<String> end = cells(lines.get(0), separator);
      List<String> beginning = cells(lines.get(last), separator);
      if (quoted + end.size() == row.size() && beginning.size() == quoted + 1) {
        int afterwards =
            alike(end.subList(1, end.size()), row.subList(quoted + 1, row.size()), format);
        int before = alike(beginning.subList(0, quoted), row.subList(0, quoted), format);
        if (before >= 0 && afterwards >= 0 && before + afterwards > 0) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s, line %d: the quote that is opened in cell %d is closed in line %d only, and"
                      + " what is between looks like rows; close it in its line, or double it if"
                      + " it belongs to the text",
                  name,
                  line,
                  quoted + 1,
                  line + last));
        }
      }
    }
  }

  private static List<String> cells(String line, char separator) {
    return List.of(line.split(Pattern.quote(String.valueOf(separator)), -1));
  }

  /** Returns how many numbers and dates have one in their place; below 0 where one has none. */
  private static int alike(List<String> cells, List<String> row, CellFormat format) {
    int alike = 0;
    for (int i = 0; i < row.size(); i++) {
      if (isTyped(row.get(i), format)) {
        if (isTyped(cells.get(i), format)) {
          alike++;
        } else if (!format.isMissing(cells.get(i))) {
          return -1;
        }
      }
    }
    return alike;
  }

  private static boolean isTyped(String cell, CellFormat format) {
    return format.isNumber(cell) || format.isDate(cell);
  }
}
