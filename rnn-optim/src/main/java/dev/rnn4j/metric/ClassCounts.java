package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Tensor;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What was predicted of each class, rightly and wrongly, and the measures made of it (van
 * Rijsbergen, "Information retrieval", 1979). With tp right predictions of a class, fp wrong ones,
 * and fn that were missed:
 *
 * <pre>
 * precision = tp / (tp + fp)     recall = tp / (tp + fn)     F1 = 2·tp / (2·tp + fp + fn)
 * </pre>
 *
 * <p>where 0/0 counts 0. <i>Macro</i> is the mean over the classes that occur, as target or
 * prediction; <i>micro</i> takes the sums of tp, fp and fn over all classes. Both are NaN where
 * nothing counts. These are the definitions of scikit-learn.
 */
public abstract sealed class ClassCounts permits ConfusionMatrix, LabelCounts {
  private final int classes;

  ClassCounts(int classes) {
    checkArgument(classes > 0, "there must be at least 1 class, not %s", classes);
    this.classes = classes;
  }

  /** Returns C. */
  public final int classes() {
    return classes;
  }

  /** Takes a batch, all of which counts. */
  public final ClassCounts add(Tensor scores, Tensor target) {
    return add(scores, target, Tensor.scalar(1));
  }

  /**
   * Takes a batch with weights, or a mask of zeros and ones.
   *
   * @return this
   * @see Metric#add(Tensor, Tensor, Tensor)
   */
  public abstract ClassCounts add(Tensor scores, Tensor target, Tensor weights);

  /**
   * Takes what another object of the same kind and settings has gathered.
   *
   * @return this
   */
  public abstract ClassCounts merge(ClassCounts other);

  /** Returns the sum of the weights. */
  public abstract double weight();

  /** Returns tp of a class. */
  public abstract double truePositives(int label);

  /** Returns fp of a class. */
  public abstract double falsePositives(int label);

  /** Returns fn of a class. */
  public abstract double falseNegatives(int label);

  /** Returns the precision of a class. */
  public final double precision(int label) {
    double right = truePositives(label);
    return part(right, right + falsePositives(label));
  }

  /** Returns the recall of a class. */
  public final double recall(int label) {
    double right = truePositives(label);
    return part(right, right + falseNegatives(label));
  }

  /** Returns the F1 score of a class. */
  public final double f1(int label) {
    double right = 2 * truePositives(label);
    return part(right, right + falsePositives(label) + falseNegatives(label));
  }

  /** Returns the mean precision of the classes. */
  public final double macroPrecision() {
    return macro(this::precision);
  }

  /** Returns the mean recall of the classes. */
  public final double macroRecall() {
    return macro(this::recall);
  }

  /** Returns the mean F1 score of the classes. */
  public final double macroF1() {
    return macro(this::f1);
  }

  /** Returns the precision over all classes. */
  public final double microPrecision() {
    double right = sum(this::truePositives);
    return micro(right, right + sum(this::falsePositives));
  }

  /** Returns the recall over all classes. */
  public final double microRecall() {
    double right = sum(this::truePositives);
    return micro(right, right + sum(this::falseNegatives));
  }

  /** Returns the F1 score over all classes. */
  public final double microF1() {
    double right = 2 * sum(this::truePositives);
    return micro(right, right + sum(this::falsePositives) + sum(this::falseNegatives));
  }

  private double macro(IntToDoubleFunction measure) {
    return IntStream.range(0, classes)
        .filter(this::occurs)
        .mapToDouble(measure)
        .average()
        .orElse(Double.NaN);
  }

  private boolean occurs(int label) {
    return truePositives(label) + falsePositives(label) + falseNegatives(label) > 0;
  }

  private double micro(double right, double all) {
    return weight() == 0 ? Double.NaN : part(right, all);
  }

  private double sum(IntToDoubleFunction count) {
    return IntStream.range(0, classes).mapToDouble(count).sum();
  }

  private static double part(double some, double all) {
    return all == 0 ? 0 : some / all;
  }

  static void addTo(double[] counts, double[] others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others[i];
    }
  }
}
