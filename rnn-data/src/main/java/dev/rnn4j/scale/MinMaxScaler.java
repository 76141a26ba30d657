package dev.rnn4j.scale;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Scales each column so that its smallest value becomes {@code lower} and its largest {@code
 * upper}: z = lower + (x − min) · (upper − lower) / (max − min). Missing values do not count. A
 * constant column becomes {@code lower}.
 *
 * <p>{@code MinMaxScaler.fit(table.slice(split.train()), "tmax", "tmin").transform(table)}
 */
public final class MinMaxScaler implements Scaler {
  private final Affine affine;

  private MinMaxScaler(Affine affine) {
    this.affine = affine;
  }

  /**
   * Fits a scaler to 0 … 1 on some columns of a table, on all where none is named.
   *
   * @throws dev.rnn4j.table.DataException where a column is not in the table, holds no numbers, or
   *     has no value at all
   */
  public static MinMaxScaler fit(Table table, String... columns) {
    return fit(0, 1, table, columns);
  }

  /**
   * Fits a scaler to {@code lower} … {@code upper} on some columns of a table, on all where none is
   * named.
   *
   * @throws dev.rnn4j.table.DataException where a column is not in the table, holds no numbers, or
   *     has no value at all
   */
  public static MinMaxScaler fit(double lower, double upper, Table table, String... columns) {
    checkArgument(lower < upper, "the range %s to %s is empty", lower, upper);
    List<String> names = Fit.columns(table, columns);
    double[] offset = new double[names.size()];
    double[] scale = new double[names.size()];
    for (int column = 0; column < offset.length; column++) {
      double[] values = Fit.present(table, names.get(column));
      double min = DoubleStream.of(values).min().getAsDouble();
      double max = DoubleStream.of(values).max().getAsDouble();
      scale[column] = min == max ? 1 : (max - min) / (upper - lower);
      offset[column] = min - lower * scale[column];
    }
    return new MinMaxScaler(new Affine(names, offset, scale));
  }

  /**
   * Makes a scaler again from its columns and what {@link #toTensors} returned.
   *
   * @throws dev.rnn4j.table.DataException where a tensor is not there or does not fit the columns
   */
  public static MinMaxScaler fromTensors(List<String> columns, Map<String, Tensor> tensors) {
    return new MinMaxScaler(Affine.fromTensors(columns, tensors, "offset", "scale"));
  }

  /** Returns the tensors {@code offset} and {@code scale}, one value for each column. */
  @Override
  public Map<String, Tensor> toTensors() {
    return ImmutableMap.of(
        "offset", Tensor.of(affine.offset()), "scale", Tensor.of(affine.scale()));
  }

  @Override
  public List<String> columns() {
    return affine.columns();
  }

  @Override
  public double[] offset() {
    return affine.offset().clone();
  }

  @Override
  public double[] scale() {
    return affine.scale().clone();
  }

  /** Returns the offset and scale of each column. */
  @Override
  public String toString() {
    return affine.describe("offset");
  }
}
