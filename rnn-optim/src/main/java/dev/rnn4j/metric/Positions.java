package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;

/** The positions of a batch that count, and with what weight. */
final class Positions {
  /** What is done at each of them. */
  @FunctionalInterface
  interface Visitor {
    void at(int position, double weight);
  }

  private Positions() {}

  /** Visits the positions of a shape whose weight is not 0, in order. */
  static void forEach(Shape shape, Tensor weights, Visitor visitor) {
    checkNotNull(weights, "a metric was given null as its weights");
    int[] sizes = weights.shape().toArray();
    int rank = sizes.length;
    if (rank > shape.rank() || !Arrays.equals(sizes, Arrays.copyOf(shape.toArray(), rank))) {
      throw new ShapeException(
          "the weights "
              + weights.shape()
              + " must have the shape of the targets "
              + shape
              + ", or of their leading axes");
    }
    int each = Math.max(1, shape.elements() / Math.max(1, weights.shape().elements()));
    for (int i = 0; i < shape.elements(); i++) {
      double weight = weights.at(i / each);
      checkArgument(
          weight >= 0 && weight < Double.POSITIVE_INFINITY,
          "the weight %s at position %s of %s is not a finite number from 0 up",
          weight,
          i / each,
          weights.shape());
      if (weight > 0) {
        visitor.at(i, weight);
      }
    }
  }

  /** Refuses a prediction or a target that is null. */
  static void checkGiven(Tensor prediction, Tensor target) {
    checkNotNull(prediction, "a metric was given null as its prediction");
    checkNotNull(target, "a metric was given null as its target");
  }

  /** Refuses a prediction of another shape than its target's. */
  static void checkSameShape(Tensor prediction, Tensor target) {
    checkGiven(prediction, target);
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(
          "the prediction "
              + prediction.shape()
              + " and the target "
              + target.shape()
              + " must have one shape");
    }
  }

  /** Refuses a prediction that has not one axis more than its target: a row at each position. */
  static void checkRows(String row, Tensor prediction, Tensor target) {
    checkGiven(prediction, target);
    Shape shape = prediction.shape();
    if (shape.rank() == 0 || !shape.without(-1).equals(target.shape())) {
      throw new ShapeException(
          "the target "
              + target.shape()
              + " must have the shape of the prediction "
              + shape
              + " without its last axis, which holds "
              + row);
    }
  }
}
