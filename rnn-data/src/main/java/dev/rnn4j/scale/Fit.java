package dev.rnn4j.scale;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;

/** What fitting needs of a table. */
final class Fit {
  private Fit() {}

  /** Returns the named columns, all where none is named. One that is named twice is a slip. */
  static List<String> columns(Table table, String... columns) {
    checkNotNull(table, "a scaler was given null as its table");
    checkNotNull(columns, "a scaler was given null as its columns");
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      checkArgument(seen.add(column), "a scaler was given the column '%s' twice", column);
    }
    return columns.length == 0 ? table.names() : List.of(columns);
  }

  /** Returns the values of a column that are not missing, at least one. */
  static double[] present(Table table, String column) {
    double[] present =
        DoubleStream.of(table.column(column)).filter(value -> !Double.isNaN(value)).toArray();
    if (present.length == 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: column '%s' has no value in the %d rows to fit a scaler on; leave the column"
                  + " out, or take rows that have values",
              table.source(),
              column,
              table.rows()));
    }
    return present;
  }
}
