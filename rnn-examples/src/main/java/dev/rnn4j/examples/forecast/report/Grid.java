package dev.rnn4j.examples.forecast.report;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A table of texts, of which one cell may be the chosen one.
 *
 * @param title what it shows
 * @param header the names of the columns
 * @param rows the cells
 * @param chosenRow the row of the chosen cell, below 0 without one
 * @param chosenColumn its column
 */
public record Grid(
    String title, List<String> header, List<List<String>> rows, int chosenRow, int chosenColumn) {
  /** Returns it as lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(title, line(header)));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  /** Returns it as lines in which each column is as wide as it has to be. */
  List<String> aligned() {
    List<List<String>> all = new ArrayList<>(List.of(header));
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, header.size())
            .map(column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>(List.of(title));
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder(Strings.padEnd(row.get(0), widths[0], ' '));
      for (int column = 1; column < widths.length; column++) {
        line.append("  ").append(Strings.padStart(row.get(column), widths[column], ' '));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s", cells.get(0)));
    cells
        .subList(1, cells.size())
        .forEach(cell -> line.append(String.format(Locale.ROOT, "%19s", cell)));
    return line.toString().stripTrailing();
  }
}
