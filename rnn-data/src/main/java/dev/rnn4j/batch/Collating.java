package dev.rnn4j.batch;

import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/** Puts sequences side by side, with a mask where one is shorter than the longest. */
final class Collating {
  private Collating() {}

  /**
   * Returns a batch.
   *
   * @param round its T is a multiple of this: plans are made for fewer lengths then
   */
  static Batch batch(List<Sequence> sequences, int round, Precision precision) {
    Sequence first = sequences.get(0);
    int longest = 0;
    boolean weighted = false;
    int[] lengths = new int[sequences.size()];
    double[] weights = new double[sequences.size()];
    for (int n = 0; n < lengths.length; n++) {
      sequences.get(n).requireLike(first);
      lengths[n] = sequences.get(n).steps();
      longest = Math.max(longest, lengths[n]);
      weights[n] = sequences.get(n).weight();
      weighted |= weights[n] != 1;
    }
    int steps = Math.toIntExact((longest + round - 1L) / round * round);
    List<Tensor> x = sequences.stream().map(Sequence::x).toList();
    List<Tensor> y = sequences.stream().map(Sequence::y).toList();
    Batch batch = Batch.empty().input(Batch.X, padded(x, steps, precision), Axes.TIME_BATCH);
    batch =
        first.isPerStep()
            ? batch.target(Batch.Y, padded(y, steps, precision), Axes.TIME_BATCH)
            : batch.target(Batch.Y, stacked(y, precision), Axes.BATCH);
    if (weighted) {
      batch = batch.weights(Tensor.of(weights));
    }
    for (int length : lengths) {
      if (length < steps) {
        return batch.lengths(lengths);
      }
    }
    return batch;
  }

  /** Returns {@code [T, ...]} each as {@code [steps, N, ...]}. */
  private static Tensor padded(List<Tensor> all, int steps, Precision precision) {
    Shape row = all.get(0).shape().without(0);
    int width = row.elements();
    Target target = new Target(row.insert(0, all.size()).insert(0, steps), precision);
    for (int n = 0; n < all.size(); n++) {
      target.take(all.get(n));
      for (int t = 0; t * width < all.get(n).shape().elements(); t++) {
        target.put(t * width, (t * all.size() + n) * width, width);
      }
    }
    return target.tensor();
  }

  /** Returns {@code [...]} each as {@code [N, ...]}. */
  private static Tensor stacked(List<Tensor> all, Precision precision) {
    Shape one = all.get(0).shape();
    Target target = new Target(one.insert(0, all.size()), precision);
    int width = one.elements();
    for (int n = 0; n < all.size(); n++) {
      target.take(all.get(n));
      target.put(0, n * width, width);
    }
    return target.tensor();
  }

  /** Values of one precision on their way into a tensor. */
  private static final class Target {
    private final Shape shape;
    private final float[] floats;
    private final double[] doubles;
    private float[] takenFloats = new float[0];
    private double[] takenDoubles = new double[0];

    Target(Shape shape, Precision precision) {
      this.shape = shape;
      boolean wide = precision == Precision.FLOAT64;
      this.doubles = wide ? new double[shape.elements()] : null;
      this.floats = wide ? null : new float[shape.elements()];
    }

    /** Takes the values of a tensor, to be put in pieces. */
    void take(Tensor tensor) {
      int elements = tensor.shape().elements();
      if (doubles != null) {
        takenDoubles = takenDoubles.length < elements ? new double[elements] : takenDoubles;
        tensor.copyTo(takenDoubles);
      } else {
        takenFloats = takenFloats.length < elements ? new float[elements] : takenFloats;
        tensor.copyTo(takenFloats);
      }
    }

    void put(int from, int to, int count) {
      if (doubles != null) {
        System.arraycopy(takenDoubles, from, doubles, to, count);
      } else {
        System.arraycopy(takenFloats, from, floats, to, count);
      }
    }

    Tensor tensor() {
      return doubles != null ? Tensor.of(shape, doubles) : Tensor.of(shape, floats);
    }
  }
}
