package dev.rnn4j.examples.forecast.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart of numbers in columns from left to right. The drawing is stretched to the width that
 * there is; lines keep their width, and the words beside it their size, so that a phone shows it as
 * well as paper does.
 */
final class Chart {
  private static final int SIZE = 1000;

  /** Beside each other, names have so many letters in all; a phone shows fewer. */
  private static final int LETTERS = 100;

  private static final int SHORT = 7;

  private final String title;
  private final List<String> columns;
  private final Scale scale;
  private final List<Markup> shapes = new ArrayList<>();
  private final List<Markup> keys = new ArrayList<>();

  /**
   * Creates an empty chart.
   *
   * @param columns their names
   */
  Chart(String title, List<String> columns, Scale scale) {
    this.title = title;
    this.columns = columns;
    this.scale = scale;
  }

  /** Adds a line through numbers, interrupted where one is missing. */
  Chart line(String style, String meaning, double[] numbers) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < numbers.length; i++) {
      boolean there = Double.isFinite(numbers[i]);
      if (there) {
        path.append(pen ? 'L' : 'M').append(point(i, numbers[i]));
        // A number alone is a dot.
        boolean alone = !pen && (i + 1 == numbers.length || !Double.isFinite(numbers[i + 1]));
        path.append(alone ? "h.01" : "");
      }
      pen = there;
    }
    return add("line " + style, meaning, path);
  }

  /** Adds a dot for each number. */
  Chart dots(String style, String meaning, double[] numbers) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < numbers.length; i++) {
      if (Double.isFinite(numbers[i])) {
        path.append('M').append(point(i, numbers[i])).append("h.01");
      }
    }
    return add("dots " + style, meaning, path);
  }

  /** Adds upright strokes, each from a number to another. */
  Chart ranges(String style, String meaning, double[] from, double[] to) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < from.length; i++) {
      if (Double.isFinite(from[i]) && Double.isFinite(to[i])) {
        path.append('M').append(point(i, from[i])).append('V').append(y(to[i]));
      }
    }
    return add("range " + style, meaning, path);
  }

  /** Adds the area between two lines; where it is one column wide, a stroke. */
  Chart band(String style, String meaning, double[] low, double[] high) {
    StringBuilder path = new StringBuilder();
    for (int from = 0; from < low.length; from++) {
      int to = from;
      while (to < low.length && Double.isFinite(low[to]) && Double.isFinite(high[to])) {
        to++;
      }
      if (to > from) {
        area(path, low, high, from, to);
        from = to;
      }
    }
    return add("band " + style, meaning, path);
  }

  private void area(StringBuilder path, double[] low, double[] high, int from, int to) {
    for (int i = from; i < to; i++) {
      path.append(i == from ? 'M' : 'L').append(point(i, high[i]));
    }
    for (int i = to - 1; i >= from; i--) {
      path.append('L').append(point(i, low[i]));
    }
    path.append('Z');
  }

  private Chart add(String style, String meaning, StringBuilder path) {
    if (path.length() > 0) {
      shapes.add(Markup.of("path").as(style).with("d", path));
      if (!meaning.isEmpty()) {
        keys.add(Markup.of("span", Markup.of("i").as("key " + style), meaning));
      }
    }
    return this;
  }

  private String point(int column, double number) {
    return rounded(SIZE * center(column)) + " " + y(number);
  }

  private double center(int column) {
    return (column + 0.5) / columns.size();
  }

  private String y(double number) {
    return rounded(SIZE * (1 - scale.place(number)));
  }

  private static String rounded(double coordinate) {
    String text = Double.toString(Math.round(10 * coordinate) / 10.0);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Returns the chart with its title, axes and legend. */
  Markup markup() {
    List<Markup> ticks = new ArrayList<>();
    StringBuilder grid = new StringBuilder();
    int widest = 1;
    for (double tick : scale.ticks()) {
      String label = scale.label(tick);
      widest = Math.max(widest, label.length());
      grid.append("M0 ").append(y(tick)).append('H').append(SIZE);
      ticks.add(Markup.of("span", label).with("style", "top:" + percent(1 - scale.place(tick))));
    }
    Markup drawing =
        Markup.of("svg", Markup.of("path").as("grid").with("d", grid), shapes)
            .with("viewBox", "0 0 " + SIZE + " " + SIZE)
            .with("preserveAspectRatio", "none")
            .with("role", "img")
            .with("aria-label", title);
    return Markup.of(
        "figure",
        Markup.of("figcaption", title),
        Markup.of(
                "div",
                Markup.of("div", ticks).as("ys"),
                drawing,
                Markup.of("div", names()).as("xs"))
            .as("chart")
            .with("style", "--y:" + widest),
        Markup.of("p", keys).as("legend"));
  }

  /** Names as many columns as there is room for: all, or an odd number, so that both ends are. */
  private List<Markup> names() {
    int letters = 2 + columns.stream().mapToInt(String::length).max().orElse(0);
    int room = Math.max(3, LETTERS / letters);
    boolean all = columns.size() <= room;
    int count = all ? columns.size() : room - 1 + room % 2;
    List<Markup> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int column = all ? i : (int) ((long) i * (columns.size() - 1) / (count - 1));
      boolean first = !all && i == 0;
      boolean last = !all && i == count - 1;
      String style =
          first ? "first" : last ? "last" : isMinor(i, count, letters) ? "minor" : "major";
      double place = first ? 0 : last ? 1 : center(column);
      names.add(
          Markup.of("span", columns.get(column)).as(style).with("style", "left:" + percent(place)));
    }
    return names;
  }

  /** Of long names, a phone shows the middle one between both ends. */
  private static boolean isMinor(int i, int count, int letters) {
    return letters > SHORT ? i != count / 2 : i % 2 == 1;
  }

  private static String percent(double share) {
    return rounded(100 * share) + "%";
  }
}
