package dev.rnn4j.window;

import dev.rnn4j.table.Runs;
import dev.rnn4j.table.Table;

/**
 * What all windows of one cut share. A place is an index into {@code order}, where the rows of a
 * run stand together, so that a window is a range of places.
 *
 * @param table without its columns: what names rows and cells
 * @param inputs {@code [rows][I]}
 * @param targets {@code [rows][O]}
 * @param order the row at each place
 * @param inputsMissing how many places before each one lack an input
 * @param targetsMissing how many places before each one lack a target
 */
record Cut(
    Table table,
    Windowing windowing,
    Runs runs,
    double[][] inputs,
    double[][] targets,
    int[] order,
    int[] inputsMissing,
    int[] targetsMissing) {

  static Cut of(Table table, Windowing windowing) {
    Runs runs = Runs.of(table, windowing.dates, windowing.series, windowing.largestStep);
    double[][] inputs = table.matrix(windowing.inputs.toArray(String[]::new));
    double[][] targets = table.matrix(windowing.targets.toArray(String[]::new));
    int[] order = runs.order();
    return new Cut(
        table.select(),
        windowing,
        runs,
        inputs,
        targets,
        order,
        countMissing(inputs, order),
        countMissing(targets, order));
  }

  private static int[] countMissing(double[][] values, int[] order) {
    int[] before = new int[order.length + 1];
    for (int place = 0; place < order.length; place++) {
      before[place + 1] = before[place] + (firstMissing(values[order[place]]) < 0 ? 0 : 1);
    }
    return before;
  }

  /** Returns the first column without a value, −1 if all have one. */
  private static int firstMissing(double[] row) {
    for (int column = 0; column < row.length; column++) {
      if (Double.isNaN(row[column])) {
        return column;
      }
    }
    return -1;
  }

  int inputRow(int start, int step) {
    return order[start + step];
  }

  int targetRow(int start, int step) {
    return order[start + windowing.firstTarget() + step];
  }

  /** Returns the last row of a window: of its inputs where it has no target. */
  int lastRow(int start) {
    return order[start + windowing.span() - 1];
  }

  /** Returns the first row that a window is to predict, the last of its inputs without a target. */
  int firstTargetRow(int start) {
    return windowing.targets.isEmpty() ? lastRow(start) : targetRow(start, 0);
  }

  boolean isComplete(int start) {
    return count(inputsMissing, start, windowing.length) == 0 && missingTargets(start) == 0;
  }

  private int missingTargets(int start) {
    return windowing.targets.isEmpty()
        ? 0
        : count(targetsMissing, start + windowing.firstTarget(), windowing.targetSteps());
  }

  private static int count(int[] before, int from, int places) {
    return before[from + places] - before[from];
  }

  /** Returns the name of the first missing value in a window that has one. */
  String missingCell(int start) {
    for (int step = 0; step < windowing.length; step++) {
      int column = firstMissing(inputs[inputRow(start, step)]);
      if (column >= 0) {
        return table.cellName(inputRow(start, step), windowing.inputs.get(column));
      }
    }
    int step = 0;
    while (firstMissing(targets[targetRow(start, step)]) < 0) {
      step++;
    }
    int row = targetRow(start, step);
    return table.cellName(row, windowing.targets.get(firstMissing(targets[row])));
  }
}
