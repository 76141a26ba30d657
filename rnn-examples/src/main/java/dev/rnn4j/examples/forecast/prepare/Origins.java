package dev.rnn4j.examples.forecast.prepare;

import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.split.RollingOrigin;
import dev.rnn4j.split.Split;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Where a table is cut. The first 80 % of the rows are known: all choices are made by them, and the
 * model is fitted on them. The last 20 % are unseen. Choices are made from four origins in the
 * known rows (rolling origin; Tashman, 2000): what is before one is learnt from, what is between it
 * and the next is forecast.
 *
 * @param known the rows that are known
 * @param unseen those that are looked at once
 * @param folds the origins, fewer or none where the rows are too few
 */
public record Origins(Rows known, Rows unseen, List<RollingOrigin.Fold> folds) {
  private static final double KNOWN = 0.8;
  private static final int ORIGINS = 4;

  /** The first origin is in the middle, and so many parts are in all. */
  private static final int PARTS = 2 * ORIGINS;

  /** Fewer rows in a part say nothing. */
  private static final int FEWEST = 4;

  /**
   * Returns the cuts of a table whose dates are read.
   *
   * @param most how many of the known rows choices are made by: the last ones
   */
  public static Origins of(Task task, Table table, int most) {
    int rows = task.observed(table);
    int to = firstOfDate(task, table, Split.byFraction(rows, KNOWN, 0).train().to());
    Rows known = new Rows(0, to);
    int from = Math.max(0, to - most);
    int part = (to - from) / PARTS;
    List<RollingOrigin.Fold> folds = new ArrayList<>();
    if (part >= FEWEST * SeriesRows.of(table, task.series()).count()) {
      int[] origins =
          IntStream.rangeClosed(0, ORIGINS)
              .map(i -> firstOfDate(task, table, to - (ORIGINS - i) * part))
              .toArray();
      for (int i = 0; i < ORIGINS; i++) {
        folds.add(
            new RollingOrigin.Fold(
                new Rows(from, origins[i]), new Rows(origins[i], origins[i + 1])));
      }
    }
    return new Origins(known, new Rows(to, rows), folds);
  }

  /** Returns these without the origins at which nothing can be learnt, or nothing forecast. */
  public Origins telling(Task task, Table table) {
    return new Origins(
        known, unseen, folds.stream().filter(fold -> tells(task, table, fold)).toList());
  }

  private static boolean tells(Task task, Table table, RollingOrigin.Fold fold) {
    try {
      Table some = table.slice(new Rows(fold.train().from(), fold.test().to()));
      int from = fold.train().from();
      Part.of(task, some, before(fold.train(), from), before(fold.test(), from));
      return true;
    } catch (DataException e) {
      return false;
    }
  }

  /** A cut of several series parts no date. */
  private static int firstOfDate(Task task, Table table, int row) {
    if (task.series().isEmpty() || task.calendar().isEmpty() || row >= table.rows()) {
      return row;
    }
    Dates dates = table.dates(task.calendar().get().column());
    int first = row;
    while (first > 0 && dates.get(first - 1).equals(dates.get(row))) {
      first--;
    }
    return first == 0 ? row : first;
  }

  /** Returns the rows of which choices are made. */
  public Rows chosenBy() {
    return folds.isEmpty() ? known : new Rows(folds.get(0).train().from(), known.to());
  }

  /** Returns the parts of a table at the origins; rows count from the first that is chosen by. */
  public List<Part> parts(Task task, Table table) {
    Table some = table.slice(chosenBy());
    int from = chosenBy().from();
    return folds.stream()
        .map(fold -> Part.of(task, some, before(fold.train(), from), before(fold.test(), from)))
        .toList();
  }

  /**
   * Returns the unseen rows in so many parts, each with all rows before it.
   *
   * @throws IllegalArgumentException where a part is too short for one forecast
   */
  public List<RollingOrigin.Fold> backtest(Task task, Table table, int parts) {
    int series = SeriesRows.of(table, task.series()).count();
    int needed = task.horizon() * series;
    if (unseen.size() / parts < needed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "--backtest %d cuts the %d unseen rows into parts of %d, and a forecast takes %d; take"
                  + " %s",
              parts,
              unseen.size(),
              unseen.size() / parts,
              needed,
              unseen.size() < needed
                  ? "a smaller --horizon, or more rows"
                  : "at most " + unseen.size() / needed));
    }
    int[] cuts =
        IntStream.rangeClosed(0, parts)
            .map(i -> unseen.from() + (int) ((long) i * unseen.size() / parts))
            .map(row -> row == unseen.to() ? row : firstOfDate(task, table, row))
            .toArray();
    return IntStream.range(0, parts)
        .mapToObj(i -> new RollingOrigin.Fold(new Rows(0, cuts[i]), new Rows(cuts[i], cuts[i + 1])))
        .toList();
  }

  private static Rows before(Rows rows, int from) {
    return new Rows(rows.from() - from, rows.to() - from);
  }

  /** Returns the table cut between what is known and what is unseen. */
  public Part last(Task task, Table table) {
    if (unseen.size() < task.horizon()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the last 20 %% of the rows are unseen, which are %d, and a forecast of %d rows"
                  + " takes %d; take a smaller --horizon, or more rows",
              table.source(),
              unseen.size(),
              task.horizon(),
              task.horizon()));
    }
    try {
      return Part.of(task, table, known, unseen);
    } catch (DataException e) {
      throw new DataException(
          e.getMessage() + " (of all rows, 80 % are learnt from, and 20 % are unseen)", e);
    }
  }

  /**
   * Checks that a table is long enough for one window.
   *
   * @throws DataException where it is not
   */
  public static void requireEnough(Table table, int window, int horizon) {
    long needed = (long) window + horizon;
    if (table.rows() < needed) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %s, and a window of %d with its target %d later needs %d; take a smaller"
                  + " --window or --horizon, or more rows",
              table.source(),
              table.rows() == 1 ? "1 row" : table.rows() + " rows",
              window,
              horizon,
              needed));
    }
  }
}
