package dev.rnn4j.window;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.batch.Examples;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Runs;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Shape;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Windows over a table, in the order of their series and rows. They are indices; values are copied
 * when a batch is made. In every series, and anew after every gap, one begins at each stride.
 */
public final class Windows implements Examples {
  private final Cut cut;
  private final int[] starts;
  private final LeftOut leftOut;

  private Windows(Cut cut, int[] starts, LeftOut leftOut) {
    this.cut = cut;
    this.starts = starts;
    this.leftOut = leftOut;
  }

  static Windows of(Cut cut) {
    Windowing windowing = cut.windowing();
    IntStream.Builder starts = IntStream.builder();
    int windows = 0;
    int pastEnd = 0;
    int acrossGap = 0;
    int place = 0;
    for (Runs.Run run : cut.runs().all()) {
      int length = run.rows().length;
      for (int first = 0; first < length; first += windowing.stride) {
        if (windowing.span() <= length - first) {
          starts.add(place + first);
          windows++;
        } else if (run.endsSeries()) {
          pastEnd++;
        } else {
          acrossGap++;
        }
      }
      place += length;
    }
    if (windows == 0) {
      throw tooShort(cut);
    }
    Windows all = new Windows(cut, starts.build().toArray(), new LeftOut(pastEnd, acrossGap, 0, 0));
    return windowing.skipMissing ? all.complete() : all;
  }

  private static DataException tooShort(Cut cut) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %s, and the longest run of rows without a gap has %d; take shorter windows, a"
                + " smaller horizon, or more rows%s",
            cut.table().source(),
            cut.windowing().need(),
            cut.runs().longest(),
            larger(cut)));
  }

  /** Returns what helps where gaps part the rows, for the end of a message. */
  private static String larger(Cut cut) {
    boolean gaps = cut.runs().all().stream().anyMatch(run -> !run.endsSeries());
    return cut.runs()
        .largestStep()
        .filter(step -> gaps)
        .map(
            step ->
                ", or allow steps of more than "
                    + step
                    + " with --largest-step (in code Windowing.largestStep)")
        .orElse("");
  }

  private Windows complete() {
    int[] kept = kept(cut::isComplete);
    if (kept.length == 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: a value is missing in each of the %d windows, the first at %s; fill the gaps, or"
                  + " leave out the column",
              cut.table().source(),
              size(),
              cut.missingCell(starts[0])));
    }
    int missing = size() - kept.length;
    return new Windows(
        cut, kept, new LeftOut(leftOut.pastEnd(), leftOut.acrossGap(), missing, leftOut.outside()));
  }

  private int[] kept(IntPredicate condition) {
    return IntStream.of(starts).filter(condition).toArray();
  }

  /**
   * Returns the windows whose inputs and targets are all in some rows: a part of a split that
   * shares no row with another.
   *
   * @throws DataException where there is none, or the table has fewer rows
   */
  public Windows within(Rows rows) {
    return part(
        rows, start -> rows.contains(cut.inputRow(start, 0)) && rows.contains(cut.lastRow(start)));
  }

  /**
   * Returns the windows whose targets are all in some rows; their inputs may reach back into the
   * rows before. So the first row of a part can be predicted, and still no target is in two parts.
   *
   * @throws DataException where there is none, or the table has fewer rows
   */
  public Windows withTargetsWithin(Rows rows) {
    return part(
        rows,
        start -> rows.contains(cut.firstTargetRow(start)) && rows.contains(cut.lastRow(start)));
  }

  private Windows part(Rows rows, IntPredicate condition) {
    checkNotNull(rows, "windows were given null as their rows");
    Table table = cut.table();
    if (rows.to() > table.rows()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d rows, so there are no rows %s; split it by its own number of rows",
              table.source(),
              table.rows(),
              rows));
    }
    int[] kept = kept(condition);
    if (kept.length == 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %s in the %s of this part; %s: give the part more rows, or take shorter windows"
                  + "%s",
              table.source(),
              size() == 1 ? "its one window is not" : "none of the " + size() + " windows is",
              place(rows),
              cut.windowing().need(),
              larger(cut)));
    }
    int outside = leftOut.outside() + size() - kept.length;
    return new Windows(
        cut, kept, new LeftOut(leftOut.pastEnd(), leftOut.acrossGap(), leftOut.missing(), outside));
  }

  private String place(Rows rows) {
    String count = Windowing.rows(rows.size());
    return rows.size() == 0
        ? count
        : count
            + " from "
            + cut.table().rowName(rows.from())
            + " to "
            + cut.table().rowName(rows.to() - 1);
  }

  /** Returns the number of windows: N of all. */
  @Override
  public int size() {
    return starts.length;
  }

  /** Returns what was left out. */
  public LeftOut leftOut() {
    return leftOut;
  }

  /** Returns the rows of the table that a window shows, T of them. */
  public int[] inputRows(int window) {
    return IntStream.range(0, cut.windowing().length)
        .map(step -> cut.inputRow(starts[window], step))
        .toArray();
  }

  /** Returns the rows of the table that a window is to predict: 1, T at every step, or none. */
  public int[] targetRows(int window) {
    int steps = cut.windowing().targets.isEmpty() ? 0 : cut.windowing().targetSteps();
    return IntStream.range(0, steps).map(step -> cut.targetRow(starts[window], step)).toArray();
  }

  @Override
  public Shape inputShape() {
    return Shape.of(cut.windowing().length, cut.windowing().inputs.size());
  }

  @Override
  public Shape targetShape() {
    int outputs = cut.windowing().targets.size();
    return cut.windowing().everyStep
        ? Shape.of(cut.windowing().length, outputs)
        : Shape.of(outputs);
  }

  @Override
  public void copyInputs(int example, int step, double[] into, int offset) {
    double[] row = cut.inputs()[cut.inputRow(starts[example], step)];
    System.arraycopy(row, 0, into, offset, row.length);
  }

  @Override
  public void copyTargets(int example, int step, double[] into, int offset) {
    if (!cut.windowing().targets.isEmpty()) {
      double[] row = cut.targets()[cut.targetRow(starts[example], step)];
      System.arraycopy(row, 0, into, offset, row.length);
    }
  }

  @Override
  public void requireComplete() {
    int[] incomplete = kept(start -> !cut.isComplete(start));
    if (incomplete.length > 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the value is missing, and used by windows (%d of %d use missing values); fill"
                  + " the gaps, or skip windows with missing values",
              cut.missingCell(incomplete[0]),
              incomplete.length,
              size()));
    }
  }

  /**
   * Returns a table of the rows of the first and the last window, what was left out and why, and
   * how many windows use missing values.
   */
  public String describe() {
    return IndexTable.of(cut, starts, leftOut);
  }

  /** Returns the number of windows and how they were cut. */
  @Override
  public String toString() {
    return size() + " " + cut.windowing();
  }
}
