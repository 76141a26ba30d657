package dev.rnn4j.scale;

import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What both scalers share: one offset and one scale for each column. */
record Affine(List<String> columns, double[] offset, double[] scale) {
  interface Direction {
    double value(Affine affine, int column, double value);
  }

  static Affine of(Scaler scaler) {
    return new Affine(scaler.columns(), scaler.offset(), scaler.scale());
  }

  /** Reads two vectors with one value for each column from a model's tensors. */
  static Affine fromTensors(
      List<String> columns, Map<String, Tensor> tensors, String offset, String scale) {
    return new Affine(
        List.copyOf(columns), vector(columns, tensors, offset), vector(columns, tensors, scale));
  }

  private static double[] vector(List<String> columns, Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new DataException(
          "there is no tensor '"
              + name
              + "' for the scaler, only "
              + String.join(", ", tensors.keySet())
              + "; use a model that was saved with its scaler");
    }
    if (tensor.shape().elements() != columns.size()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the scaler's tensor '%s' %s does not fit the %d columns %s; use the columns that the"
                  + " model was trained with",
              name,
              tensor.shape(),
              columns.size(),
              String.join(", ", columns)));
    }
    return tensor.toDoubles();
  }

  /** Returns offset and scale of each column in words. */
  String describe(String ofOffset) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i) + ": " + ofOffset + " " + offset[i] + ", scale " + scale[i])
        .collect(Collectors.joining("; "));
  }

  double scaled(int column, double value) {
    return (value - offset[column]) / scale[column];
  }

  double restored(int column, double value) {
    return value * scale[column] + offset[column];
  }

  double[] map(String column, double[] values, Direction direction) {
    int position = columns.indexOf(column);
    if (position < 0) {
      throw new DataException(
          "the scaler has no column '" + column + "'; it has " + String.join(", ", columns));
    }
    double[] mapped = new double[values.length];
    for (int row = 0; row < mapped.length; row++) {
      mapped[row] = direction.value(this, position, values[row]);
    }
    return mapped;
  }

  double[][] map(double[][] rows, Direction direction) {
    double[][] mapped = new double[rows.length][columns.size()];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns.size()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "row %d has %d values, and the scaler was fitted on %d columns: %s",
                row,
                rows[row].length,
                columns.size(),
                String.join(", ", columns)));
      }
      for (int column = 0; column < mapped[row].length; column++) {
        mapped[row][column] = direction.value(this, column, rows[row][column]);
      }
    }
    return mapped;
  }
}
