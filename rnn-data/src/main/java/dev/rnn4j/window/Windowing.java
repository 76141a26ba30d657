package dev.rnn4j.window;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.Ints;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Spacing;
import dev.rnn4j.table.Table;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How windows are cut from a table. Immutable; every method returns a changed copy.
 *
 * <pre>{@code
 * Windows windows =
 *     Windowing.length(7)
 *         .horizon(1)
 *         .inputs("temp_max", "temp_min", "precipitation")
 *         .target("temp_max")
 *         .dates("date")
 *         .over(weather);
 * }</pre>
 */
public final class Windowing {
  int length;
  int stride = 1;
  int horizon = 1;
  List<String> inputs = List.of();
  List<String> targets = List.of();
  boolean everyStep;
  Optional<String> dates = Optional.empty();
  Optional<String> series = Optional.empty();
  Optional<Spacing> largestStep = Optional.empty();
  boolean skipMissing;

  private Windowing() {}

  /** Windows of so many rows: T. */
  public static Windowing length(int rows) {
    checkArgument(
        rows > 0, "a window of %s rows (T = %s) cannot be; T must be at least 1", rows, rows);
    return new Windowing().with(windowing -> windowing.length = rows);
  }

  private Windowing with(Consumer<Windowing> change) {
    Windowing changed = new Windowing();
    changed.length = length;
    changed.stride = stride;
    changed.horizon = horizon;
    changed.inputs = inputs;
    changed.targets = targets;
    changed.everyStep = everyStep;
    changed.dates = dates;
    changed.series = series;
    changed.largestStep = largestStep;
    changed.skipMissing = skipMissing;
    change.accept(changed);
    return changed;
  }

  /** Sets from how many rows on the next window begins; 1 if not set. */
  public Windowing stride(int rows) {
    checkArgument(rows > 0, "a stride of %s rows cannot be; it must be at least 1", rows);
    return with(windowing -> windowing.stride = rows);
  }

  /**
   * Sets how many rows after an input its target is; 1 if not set, 0 for a target in the same row.
   */
  public Windowing horizon(int rows) {
    checkArgument(
        rows >= 0, "a horizon of %s rows looks back; give 0 for the same row, or more", rows);
    return with(windowing -> windowing.horizon = rows);
  }

  /** Sets the columns that a window shows at each of its T steps: I. */
  public Windowing inputs(String... columns) {
    requireNamed("inputs", columns);
    return with(windowing -> windowing.inputs = List.of(columns));
  }

  /**
   * Sets the columns to predict, one row for each window, {@code [N, O]}: the horizon after the
   * window's last row. Without a target, windows reach to the last row, and O is 0.
   */
  public Windowing target(String... columns) {
    requireNamed("targets", columns);
    return with(
        windowing -> {
          windowing.targets = List.of(columns);
          windowing.everyStep = false;
        });
  }

  /**
   * Sets the columns to predict, a row for each step of a window, {@code [T, N, O]}: the horizon
   * after that step's row.
   */
  public Windowing targetAtEveryStep(String... columns) {
    requireNamed("targets", columns);
    return with(
        windowing -> {
          windowing.targets = List.of(columns);
          windowing.everyStep = true;
        });
  }

  /**
   * Sets the column of dates. They must ascend in every series; where the step from one row to the
   * next is larger than the usual one, there is a gap, which no window crosses.
   */
  public Windowing dates(String column) {
    checkNotNull(column, "windows were given null as their column of dates");
    return with(windowing -> windowing.dates = Optional.of(column));
  }

  /**
   * Sets the largest step between dates that is no gap, in place of the most frequent one: {@code
   * largestStep(3, ChronoUnit.DAYS)} lets working days cross a weekend.
   */
  public Windowing largestStep(long amount, ChronoUnit unit) {
    return largestStep(Spacing.of(amount, unit));
  }

  /** Sets the largest step between dates that is no gap, in place of the most frequent one. */
  public Windowing largestStep(Spacing spacing) {
    checkNotNull(spacing, "windows were given null as their largest step");
    return with(windowing -> windowing.largestStep = Optional.of(spacing));
  }

  /**
   * Sets the column that tells series apart, a station's name for example. Rows of several series
   * may be mixed; no window crosses from one to another.
   */
  public Windowing series(String column) {
    checkNotNull(column, "windows were given null as their column of series");
    return with(windowing -> windowing.series = Optional.of(column));
  }

  /**
   * Leaves out windows in which a value that is used is missing. Without this, it is an error to
   * make batches of them.
   */
  public Windowing skipMissing() {
    return with(windowing -> windowing.skipMissing = true);
  }

  /**
   * Cuts a table into windows.
   *
   * @throws DataException where a column is not in the table or cannot be read, dates do not
   *     ascend, all series are shorter than a window, or no window is without a missing value
   *     though {@link #skipMissing} is set
   */
  public Windows over(Table table) {
    checkNotNull(table, "windows were given null as their table");
    if (inputs.isEmpty()) {
      throw new DataException(
          "windows need at least one column of inputs; name it with inputs(...)");
    }
    return Windows.of(Cut.of(table, this));
  }

  /** A column that is named twice would count twice in a model or a loss: nobody means it. */
  private static void requireNamed(String what, String... columns) {
    checkNotNull(columns, "windows were given null as their %s", what);
    checkArgument(columns.length > 0, "no column is named; name at least one");
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      checkNotNull(column, "windows were given null as one of their %s", what);
      checkArgument(
          seen.add(column), "windows were given the column '%s' twice as their %s", column, what);
    }
  }

  /** Returns how many rows a window covers from its first input to its last target. */
  int span() {
    return targets.isEmpty() ? length : Ints.saturatedCast((long) length + horizon);
  }

  /** Returns how many rows after a window's first its first target is. */
  int firstTarget() {
    return everyStep ? horizon : length - 1 + horizon;
  }

  /** Returns how many rows of targets a window has. */
  int targetSteps() {
    return everyStep ? length : 1;
  }

  /** Returns what a window needs, for messages. */
  String need() {
    String window = "a window of " + rows(length);
    return (targets.isEmpty() ? window : window + " with its target " + rows(horizon) + " later")
        + " needs "
        + rows(span());
  }

  static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  /** Returns {@code windows of 7 rows, stride 1, horizon 1: temp_max, temp_min -> temp_max}. */
  @Override
  public String toString() {
    String shape = "windows of " + rows(length) + ", stride " + stride;
    String from = String.join(", ", inputs);
    return targets.isEmpty()
        ? shape + ": " + from
        : shape
            + ", horizon "
            + horizon
            + ": "
            + from
            + " -> "
            + String.join(", ", targets)
            + (everyStep ? " at every step" : "");
  }
}
