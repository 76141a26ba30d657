package dev.rnn4j.scale;

import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Scales columns: z = (x − offset) / scale, each column with its own numbers. Fitted once, on rows
 * that may be looked at (the training part), applied to all. NaN stays NaN.
 */
public sealed interface Scaler permits StandardScaler, MinMaxScaler {
  /** Returns the names of the columns, in the order of a matrix's columns. */
  List<String> columns();

  /** Returns what is subtracted from each column. */
  double[] offset();

  /** Returns what each column is divided by; never 0. */
  double[] scale();

  /**
   * Returns a table in which the columns of this scaler are scaled; others stay as they are.
   *
   * @throws dev.rnn4j.table.DataException where a column is not in the table, or holds no numbers
   */
  default Table transform(Table table) {
    Table scaled = table;
    for (String column : columns()) {
      scaled = scaled.with(column, transform(column, table.column(column)));
    }
    return scaled;
  }

  /** Returns scaled rows, {@code [rows][columns]}. */
  default double[][] transform(double[][] rows) {
    return Affine.of(this).map(rows, Affine::scaled);
  }

  /** Returns the values of one column scaled. */
  default double[] transform(String column, double... values) {
    return Affine.of(this).map(column, values, Affine::scaled);
  }

  /** Returns scaled rows, {@code [rows][columns]}, as they were before scaling. */
  default double[][] inverse(double[][] rows) {
    return Affine.of(this).map(rows, Affine::restored);
  }

  /** Returns the scaled values of one column as they were before scaling. */
  default double[] inverse(String column, double... values) {
    return Affine.of(this).map(column, values, Affine::restored);
  }

  /** Returns what this scaler needs to be made again, as named tensors for a model's file. */
  Map<String, Tensor> toTensors();
}
