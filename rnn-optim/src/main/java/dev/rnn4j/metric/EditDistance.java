package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;

/**
 * How many labels must be inserted, deleted or replaced to make the target of the prediction
 * (Levenshtein, "Binary codes capable of correcting deletions, insertions and reversals", 1966),
 * for each label of the target: Σ w·distance / Σ w·length, the error rate of labels, characters or
 * words.
 */
final class EditDistance extends Gathered {
  private final Sum edits = new Sum();
  private final Sum labels = new Sum();
  private final Sum weights = new Sum();

  @Override
  public String name() {
    return "edit-distance";
  }

  @Override
  public boolean isOfSequences() {
    return true;
  }

  @Override
  public Metric add(Tensor prediction, Tensor target, Tensor given) {
    Positions.checkGiven(prediction, target);
    boolean matrices = prediction.shape().rank() == 2 && target.shape().rank() == 2;
    if (!matrices || prediction.shape().size(1) != target.shape().size(1)) {
      throw new ShapeException(
          "the labels predicted "
              + prediction.shape()
              + " and the target "
              + target.shape()
              + " must be sequences [T, N] and [S, N], with -1 where a sequence has no label");
    }
    Positions.forEach(
        target.shape().without(0),
        given,
        (n, weight) -> {
          int[] wanted = sequence(target, n);
          edits.add(weight * between(sequence(prediction, n), wanted));
          labels.add(weight * wanted.length);
          weights.add(weight);
        });
    return this;
  }

  private static int[] sequence(Tensor labels, int n) {
    int[] sequence = new int[labels.shape().size(0)];
    int length = 0;
    for (int t = 0; t < sequence.length; t++) {
      double label = labels.get(t, n);
      checkArgument(
          label >= -1 && label <= Integer.MAX_VALUE && label == Math.rint(label),
          "the label %s at step %s of sequence %s is no whole number from 0 up, and no -1",
          label,
          t,
          n);
      if (label >= 0) {
        sequence[length++] = (int) label;
      }
    }
    return Arrays.copyOf(sequence, length);
  }

  /** Returns the distance of two sequences, a row of the table at a time. */
  static int between(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length];
  }

  @Override
  public double value() {
    return edits.value() / labels.value();
  }

  @Override
  public double weight() {
    return weights.value();
  }

  @Override
  public Metric merge(Metric other) {
    checkArgument(
        other instanceof EditDistance, "%s cannot be merged with %s", name(), other.name());
    EditDistance same = (EditDistance) other;
    edits.add(same.edits);
    labels.add(same.labels);
    weights.add(same.weights);
    return this;
  }
}
