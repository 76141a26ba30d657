package dev.rnn4j.window;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints where the first and the last window are. */
final class IndexTable {
  private IndexTable() {}

  static String of(Cut cut, int[] starts, LeftOut leftOut) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(titles(cut.windowing()));
    lines.add(line("first", cut, starts[0]));
    lines.add(line("last", cut, starts[starts.length - 1]));
    String gap =
        cut.runs().largestStep().map(step -> "; a gap is a step of more than " + step).orElse("");
    return starts.length
        + " "
        + cut.windowing()
        + "\n"
        + aligned(lines)
        + "left out: "
        + leftOut
        + gap
        + "\n"
        + missing(cut, starts);
  }

  /** Warns of windows that nothing can be made of as they are. */
  private static String missing(Cut cut, int[] starts) {
    int[] incomplete = IntStream.of(starts).filter(start -> !cut.isComplete(start)).toArray();
    return incomplete.length == 0
        ? ""
        : "missing: "
            + incomplete.length
            + " of these windows use missing values, the first at "
            + cut.missingCell(incomplete[0])
            + "; fill the gaps, or skip windows with missing values\n";
  }

  private static List<String> titles(Windowing windowing) {
    List<String> titles = new ArrayList<>(List.of("window", "inputs from", "inputs to"));
    if (!windowing.targets.isEmpty()) {
      titles.addAll(
          windowing.everyStep ? List.of("targets from", "targets to") : List.of("target"));
    }
    return titles;
  }

  private static List<String> line(String name, Cut cut, int start) {
    Windowing windowing = cut.windowing();
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(place(cut, cut.inputRow(start, 0)));
    cells.add(place(cut, cut.inputRow(start, windowing.length - 1)));
    if (!windowing.targets.isEmpty()) {
      cells.add(place(cut, cut.targetRow(start, 0)));
    }
    if (windowing.everyStep) {
      cells.add(place(cut, cut.lastRow(start)));
    }
    return cells;
  }

  private static String place(Cut cut, int row) {
    String name = cut.table().rowName(row);
    return cut.runs().dates().map(dates -> name + "  " + dates.text(row)).orElse(name);
  }

  private static String aligned(List<List<String>> lines) {
    int[] widths =
        IntStream.range(0, lines.get(0).size())
            .map(
                column ->
                    lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toArray();
    return lines.stream()
        .map(
            line ->
                IntStream.range(0, line.size())
                    .mapToObj(column -> Strings.padEnd(line.get(column), widths[column], ' '))
                    .collect(Collectors.joining("   "))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
