package dev.rnn4j.table;

import java.util.stream.IntStream;

/**
 * Where rows come from, for messages.
 *
 * @param source the file or the name of the table
 * @param unit what the numbers count: line or row
 * @param numbers the number of every row
 */
record Origin(String source, String unit, int[] numbers) {
  static Origin ofLines(String source, int[] lines) {
    return new Origin(source, "line", lines.clone());
  }

  static Origin ofRows(String source, int rows) {
    return new Origin(source, "row", IntStream.range(0, rows).toArray());
  }

  Origin pick(int[] rows) {
    return new Origin(source, unit, IntStream.of(rows).map(row -> numbers[row]).toArray());
  }

  /** Returns {@code line 17}. */
  String row(int row) {
    return unit + " " + numbers[row];
  }

  /** Returns {@code weather.csv, line 17, column 'rain'}. */
  String cell(int row, String column) {
    return source + ", " + row(row) + ", column '" + column + "'";
  }
}
