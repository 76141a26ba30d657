package dev.rnn4j.scale;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Scales each column to mean 0 and standard deviation 1: z = (x − mean) / √variance, with the
 * population variance (divided by n). Missing values do not count. A constant column has the scale
 * 1, so that it becomes 0.
 *
 * <p>{@code StandardScaler.fit(table.slice(split.train()), "tmax", "tmin").transform(table)}
 */
public final class StandardScaler implements Scaler {
  private final Affine affine;

  private StandardScaler(Affine affine) {
    this.affine = affine;
  }

  /**
   * Fits a scaler on some columns of a table, on all where none is named.
   *
   * @throws dev.rnn4j.table.DataException where a column is not in the table, holds no numbers, or
   *     has no value at all
   */
  public static StandardScaler fit(Table table, String... columns) {
    List<String> names = Fit.columns(table, columns);
    double[] mean = new double[names.size()];
    double[] scale = new double[names.size()];
    for (int column = 0; column < mean.length; column++) {
      double[] values = Fit.present(table, names.get(column));
      mean[column] = DoubleStream.of(values).sum() / values.length;
      scale[column] = deviation(values, mean[column]);
    }
    return new StandardScaler(new Affine(names, mean, scale));
  }

  /**
   * Returns the standard deviation, 1 where the variance is no more than rounding makes of equal
   * values. The second sum corrects the first for the rounding of the mean (Chan, Golub and
   * LeVeque, 1983).
   */
  private static double deviation(double[] values, double mean) {
    int n = values.length;
    double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
    double rest = DoubleStream.of(values).map(value -> value - mean).sum();
    double variance = (squares - rest * rest / n) / n;
    double epsilon = Math.ulp(1.0);
    double rounding = n * epsilon * variance + Math.pow(n * mean * epsilon, 2);
    return variance <= rounding ? 1 : Math.sqrt(variance);
  }

  /**
   * Makes a scaler again from its columns and what {@link #toTensors} returned.
   *
   * @throws dev.rnn4j.table.DataException where a tensor is not there or does not fit the columns
   */
  public static StandardScaler fromTensors(List<String> columns, Map<String, Tensor> tensors) {
    return new StandardScaler(Affine.fromTensors(columns, tensors, "mean", "scale"));
  }

  /** Returns the tensors {@code mean} and {@code scale}, one value for each column. */
  @Override
  public Map<String, Tensor> toTensors() {
    return ImmutableMap.of("mean", Tensor.of(affine.offset()), "scale", Tensor.of(affine.scale()));
  }

  @Override
  public List<String> columns() {
    return affine.columns();
  }

  /** Returns the mean of each column. */
  public double[] mean() {
    return affine.offset().clone();
  }

  @Override
  public double[] offset() {
    return mean();
  }

  @Override
  public double[] scale() {
    return affine.scale().clone();
  }

  /** Returns the mean and scale of each column. */
  @Override
  public String toString() {
    return affine.describe("mean");
  }
}
