package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;

/**
 * What was predicted of labels of which any number can be right at a position: a label is predicted
 * where its score is above a threshold.
 */
public final class LabelCounts extends ClassCounts {
  private final double threshold;
  private final double[] right;
  private final double[] wrong;
  private final double[] missed;
  private double weight;

  private LabelCounts(int classes, double threshold) {
    super(classes);
    checkArgument(!Double.isNaN(threshold), "the threshold is NaN");
    this.threshold = threshold;
    right = new double[classes];
    wrong = new double[classes];
    missed = new double[classes];
  }

  /** Returns counts of nothing: labels above 0.5 for probabilities, above 0 for logits. */
  public static LabelCounts above(double threshold, int classes) {
    return new LabelCounts(classes, threshold);
  }

  /**
   * Takes a batch with weights, or a mask of zeros and ones.
   *
   * @param scores {@code [..., C]}
   * @param target 1 where a label is right, else 0, {@code [..., C]}
   * @param weights in the shape {@code [...]}, or of its leading axes
   * @return this
   */
  @Override
  public LabelCounts add(Tensor scores, Tensor target, Tensor weights) {
    Positions.checkSameShape(scores, target);
    Shape shape = scores.shape();
    if (shape.rank() == 0 || shape.size(-1) != classes()) {
      throw new ShapeException("these are counts of " + classes() + " labels, not of " + shape);
    }
    Positions.forEach(
        shape.without(-1),
        weights,
        (position, w) -> {
          for (int label = 0; label < classes(); label++) {
            count(scores, target, position * classes() + label, label, w);
          }
          weight += w;
        });
    return this;
  }

  private void count(Tensor scores, Tensor target, int position, int label, double w) {
    double score = scores.at(position);
    checkArgument(!Double.isNaN(score), "the score at position %s is NaN", position);
    boolean predicted = score > threshold;
    boolean wanted = Scores.label(target, position, 2) == 1;
    right[label] += predicted && wanted ? w : 0;
    wrong[label] += predicted && !wanted ? w : 0;
    missed[label] += !predicted && wanted ? w : 0;
  }

  @Override
  public LabelCounts merge(ClassCounts other) {
    checkArgument(
        other instanceof LabelCounts same
            && same.classes() == classes()
            && same.threshold == threshold,
        "counts of labels are merged with those of as many labels above the same threshold");
    LabelCounts same = (LabelCounts) other;
    addTo(right, same.right);
    addTo(wrong, same.wrong);
    addTo(missed, same.missed);
    weight += same.weight;
    return this;
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double truePositives(int label) {
    return right[label];
  }

  @Override
  public double falsePositives(int label) {
    return wrong[label];
  }

  @Override
  public double falseNegatives(int label) {
    return missed[label];
  }

  /** Returns tp, fp and fn of each label. */
  @Override
  public String toString() {
    return "labels above "
        + threshold
        + ": tp "
        + Arrays.toString(right)
        + ", fp "
        + Arrays.toString(wrong)
        + ", fn "
        + Arrays.toString(missed);
  }
}
