package dev.rnn4j.examples.forecast;

import dev.rnn4j.table.Content;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Chooses the columns to forecast from; of columns that are of no use, it says why. */
final class Columns {
  /** From this share of equal values on, a column is another one moved. */
  private static final double SAME = 0.9;

  /** The squares of larger values overflow. */
  private static final double LARGEST = 1e100;

  /**
   * The chosen columns.
   *
   * @param features in the table's order, or the user's
   * @param leftOut a sentence for each column that was looked at and is of no use
   */
  record Choice(List<String> features, List<String> leftOut) {}

  private final Table table;
  private final Rows training;
  private final String target;
  private final int horizon;

  Columns(Table table, String target, int horizon) {
    this.table = table;
    this.training = Dataset.trainingRows(table);
    this.target = target;
    this.horizon = horizon;
    Optional<String> useless = useless(target);
    if (useless.isPresent()) {
      throw new DataException(
          cells(target) + useless.get() + ", so it cannot be forecast; name another --target");
    }
    requireChanges();
  }

  /** What is learnt is how the target changes, so it has to be known twice. */
  private void requireChanges() {
    double[] values = table.column(target);
    boolean none = true;
    for (int row = horizon; row < training.to(); row++) {
      none &= Double.isNaN(values[row] - values[row - horizon]);
    }
    if (none) {
      throw new DataException(
          cells(target)
              + "has nowhere a value and another one "
              + (horizon == 1 ? "in the next row" : horizon + " rows later")
              + ": "
              + table.content(target).missing()
              + " of its "
              + table.rows()
              + " cells are missing; fill them, or name another --target");
    }
  }

  /**
   * Returns the columns that the user named, and the target.
   *
   * @throws DataException where one of them is of no use
   */
  Choice named(List<String> names) {
    List<String> features = new ArrayList<>();
    for (String name : names) {
      Optional<String> useless = useless(name);
      if (useless.isPresent()) {
        throw new DataException(
            cells(name) + useless.get() + ", so it is of no use; leave it out of --features");
      }
      if (!features.contains(name)) {
        features.add(name);
      }
    }
    if (!features.contains(target)) {
      features.add(target);
    }
    return new Choice(features, List.of());
  }

  /**
   * Returns all columns of numbers but those that dates stand in.
   *
   * @throws DataException where something else stands in a column of numbers
   */
  Choice all(List<String> dates) {
    List<String> features = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (String name : table.names()) {
      if (dates.contains(name)) {
        continue;
      }
      Optional<String> useless = noNumbers(name).or(() -> useless(name));
      if (useless.isPresent()) {
        leftOut.add("column '" + name + "' " + useless.get() + "; it is left out");
      } else {
        features.add(name);
      }
    }
    return new Choice(features, leftOut);
  }

  /**
   * Returns why a column is not one of numbers. Most cells decide: one that is no number, among
   * numbers, is a mistake to be told.
   */
  private Optional<String> noNumbers(String name) {
    Content content = table.content(name);
    if (name.equals(target)) {
      return Optional.empty();
    }
    if (content.isText()) {
      return Optional.of("holds text");
    }
    return content.isMostlyMissing() && content.numbers() > 0
        ? Optional.of("is missing in " + content.missing() + " of " + table.rows() + " rows")
        : Optional.empty();
  }

  /** Returns why a column tells nothing, or too much. */
  private Optional<String> useless(String name) {
    double[] values = table.column(name);
    double[] known =
        DoubleStream.of(values)
            .limit(training.to())
            .filter(value -> !Double.isNaN(value))
            .toArray();
    if (known.length == 0) {
      return Optional.of("has no value");
    }
    if (DoubleStream.of(known).allMatch(value -> value == known[0])) {
      return Optional.of("is always " + known[0]);
    }
    double largest = DoubleStream.of(known).map(Math::abs).max().orElse(0);
    if (largest > LARGEST) {
      return Optional.of("has values up to " + largest);
    }
    double[] targets = name.equals(target) ? values : table.column(target);
    for (int ahead = 1; ahead <= horizon && !name.equals(target); ahead++) {
      if (isTargetAhead(values, targets, ahead)) {
        return Optional.of(
            "is '" + target + "' of " + (ahead == 1 ? "the next row" : ahead + " rows later"));
      }
    }
    return Optional.empty();
  }

  private boolean isTargetAhead(double[] values, double[] targets, int ahead) {
    int same = 0;
    int different = 0;
    for (int row = 0; row + ahead < training.to(); row++) {
      double later = targets[row + ahead];
      boolean telling = !Double.isNaN(values[row] - later) && later != targets[row];
      if (telling && values[row] == later) {
        same++;
      } else if (telling) {
        different++;
      }
    }
    return same > SAME * (same + different);
  }

  private String cells(String name) {
    return table.source()
        + ", "
        + table.rowName(training.from())
        + " to "
        + table.rowName(training.to() - 1)
        + ": column '"
        + name
        + "' ";
  }
}
