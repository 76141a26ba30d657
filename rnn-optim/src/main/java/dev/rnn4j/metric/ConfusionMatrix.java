package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;

/**
 * How often each class was predicted for each: one class at a position. Micro precision, recall and
 * F1 are all the accuracy here.
 *
 * <pre>{@code
 * var matrix = ConfusionMatrix.of(3);
 * matrix.add(logits, labels, mask);
 * matrix.macroF1();
 * }</pre>
 */
public final class ConfusionMatrix extends ClassCounts {
  private final double[] counts;

  private ConfusionMatrix(int classes) {
    super(classes);
    counts = new double[classes * classes];
  }

  /** Returns an empty matrix for so many classes. */
  public static ConfusionMatrix of(int classes) {
    return new ConfusionMatrix(classes);
  }

  /**
   * Takes a batch with weights, or a mask of zeros and ones. The class predicted is the one with
   * the largest score, of equal ones the first.
   *
   * @param scores logits or probabilities, {@code [..., C]}
   * @param target the right classes, whole numbers from 0 to C − 1, {@code [...]}
   * @return this
   */
  @Override
  public ConfusionMatrix add(Tensor scores, Tensor target, Tensor weights) {
    Positions.checkRows("the scores of classes", scores, target);
    if (scores.shape().size(-1) != classes()) {
      throw new ShapeException(
          "the matrix is one of " + classes() + " classes, and the scores are " + scores.shape());
    }
    Positions.forEach(
        target.shape(),
        weights,
        (position, weight) ->
            add(Scores.best(scores, position), Scores.label(target, position, classes()), weight));
    return this;
  }

  /**
   * Takes one prediction.
   *
   * @param weight a finite number from 0 up
   */
  public ConfusionMatrix add(int predicted, int target, double weight) {
    checkArgument(
        weight >= 0 && weight < Double.POSITIVE_INFINITY,
        "the weight %s is not a finite number from 0 up",
        weight);
    counts[position(target, predicted)] += weight;
    return this;
  }

  private int position(int target, int predicted) {
    for (int label : new int[] {target, predicted}) {
      checkArgument(
          label >= 0 && label < classes(), "%s is no class from 0 to %s", label, classes() - 1);
    }
    return target * classes() + predicted;
  }

  @Override
  public ConfusionMatrix merge(ClassCounts other) {
    checkArgument(
        other instanceof ConfusionMatrix && other.classes() == classes(),
        "a confusion matrix is merged with one of as many classes, %s",
        classes());
    addTo(counts, ((ConfusionMatrix) other).counts);
    return this;
  }

  /** Returns how often one class was predicted where another was right. */
  public double count(int target, int predicted) {
    return counts[position(target, predicted)];
  }

  /** Returns all counts, {@code [C, C]}: the right classes in rows, the predicted in columns. */
  public Tensor toTensor() {
    return Tensor.of(Shape.of(classes(), classes()), counts.clone());
  }

  /** Returns the part of predictions that were right; NaN where nothing counts. */
  public double accuracy() {
    double right = 0;
    for (int label = 0; label < classes(); label++) {
      right += truePositives(label);
    }
    return right / weight();
  }

  @Override
  public double weight() {
    return Arrays.stream(counts).sum();
  }

  @Override
  public double truePositives(int label) {
    return count(label, label);
  }

  @Override
  public double falsePositives(int label) {
    double wrong = 0;
    for (int target = 0; target < classes(); target++) {
      wrong += target == label ? 0 : count(target, label);
    }
    return wrong;
  }

  @Override
  public double falseNegatives(int label) {
    double missed = 0;
    for (int predicted = 0; predicted < classes(); predicted++) {
      missed += predicted == label ? 0 : count(label, predicted);
    }
    return missed;
  }

  /** Returns all counts, the right classes in rows, the predicted in columns. */
  @Override
  public String toString() {
    return "right classes in rows, predicted in columns:\n" + toTensor();
  }
}
