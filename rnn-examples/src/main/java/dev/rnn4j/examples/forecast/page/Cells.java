package dev.rnn4j.examples.forecast.page;

import com.google.common.base.CharMatcher;
import dev.rnn4j.examples.forecast.report.Grid;
import java.util.ArrayList;
import java.util.List;

/** Tables of texts on a page: names to the left, numbers to the right. */
final class Cells {
  private Cells() {}

  /** Says which cells stand out. */
  interface Marks {
    boolean mark(int row, int column);
  }

  /** Returns a table; a wide one moves within its own edges. */
  static Markup table(List<String> header, List<List<String>> rows, Marks marks) {
    List<Markup> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Markup> cells = new ArrayList<>();
      for (int column = 0; column < rows.get(row).size(); column++) {
        Markup cell = Markup.of(column == 0 ? "th" : "td", rows.get(row).get(column));
        cells.add(marks.mark(row, column) ? cell.as("chosen") : cell);
      }
      lines.add(Markup.of("tr", cells));
    }
    return Markup.of(
            "div",
            Markup.of(
                "table",
                Markup.of(
                    "thead",
                    Markup.of("tr", header.stream().map(name -> Markup.of("th", name)).toList())),
                Markup.of("tbody", lines)))
        .as("wide");
  }

  /** Returns a table under its title, the chosen cell marked. */
  static Markup table(Grid grid) {
    return Markup.all(
        Markup.of("h3", CharMatcher.is(':').trimTrailingFrom(grid.title())),
        table(
            grid.header().stream().map(Scores::name).toList(),
            grid.rows(),
            (row, column) -> row == grid.chosenRow() && column == grid.chosenColumn()));
  }

  /** Returns a table in which no cell stands out. */
  static Markup table(List<String> header, List<List<String>> rows) {
    return table(header, rows, (row, column) -> false);
  }
}
