package dev.rnn4j.loss;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.stream.IntStream;

/** The losses of the library. */
public final class Losses {
  private Losses() {}

  /** Returns the mean of (prediction − target)² over all elements that count. */
  public static Loss meanSquaredError() {
    return Loss.perPosition(Losses::squares);
  }

  /**
   * Returns ½ Σ (prediction − target)² over all elements that count, whose gradient is prediction −
   * target. It is a sum, which grows with the batch.
   */
  public static Loss halfSumOfSquares() {
    Loss squares = Loss.perPosition(Losses::squares);
    return (prediction, target) -> LossSum.total(squares.of(prediction, target).sum().times(0.5));
  }

  /**
   * Returns the cross-entropy of the softmax of logits {@code [..., C]} with one-hot targets, or
   * any probabilities, of the same shape: the mean of ln Σⱼ e^zⱼ − Σⱼ yⱼ zⱼ over all but the last
   * axis. The formula takes targets that add up to 1.
   */
  public static Loss softmaxCrossEntropy() {
    return Loss.perPosition(
        (logits, target) -> {
          checkSameShape(logits, target);
          return logits.logSumExp().minus(logits.times(target).sum(-1));
        });
  }

  /**
   * Returns the cross-entropy of the softmax of logits {@code [..., C]} with the index of the right
   * class, a whole number from 0 to C−1, in {@code [...]}: the mean of ln Σⱼ e^zⱼ − z_y.
   */
  public static Loss softmaxCrossEntropyOfIndices() {
    return Loss.perPosition(
        (logits, indices) -> {
          Shape shape = logits.shape();
          if (shape.rank() == 0 || !shape.without(-1).equals(indices.shape())) {
            throw new ShapeException(
                "the indices "
                    + indices
                    + " must have the shape of "
                    + logits
                    + " without its last axis");
          }
          int classes = shape.size(-1);
          Node numbers =
              Node.constant(Tensor.of(IntStream.range(0, classes).asDoubleStream().toArray()));
          Node chosen = indices.reshape(indices.shape().insert(indices.shape().rank(), 1));
          Node right = chosen.equalTo(numbers).select(logits, Node.constant(0)).sum(-1);
          return logits.logSumExp().minus(right);
        });
  }

  private static Node squares(Node prediction, Node target) {
    checkSameShape(prediction, target);
    return prediction.minus(target).square();
  }

  private static void checkSameShape(Node prediction, Node target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new ShapeException(
          "the prediction " + prediction + " and the target " + target + " must have one shape");
    }
  }
}
