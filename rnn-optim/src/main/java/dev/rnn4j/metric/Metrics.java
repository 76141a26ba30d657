package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of the library, each with nothing in it yet. Means are weighted: Σ w·term / Σ w over
 * all positions {@code [...]}, {@code [T, N]} or {@code [N]} for example, of all batches.
 */
public final class Metrics {
  /** The smallest |y| that a percentage is taken of: 2⁻⁵², as in scikit-learn. */
  private static final double EPSILON = Math.ulp(1.0);

  private static final String NO_SETTINGS = "";

  private Metrics() {}

  // ---------------------------------------------------------------- classes

  /**
   * Returns the part of positions whose class has the largest score, of equal ones the first.
   * Predictions are logits or probabilities {@code [..., C]}, targets the right classes {@code
   * [...]}, whole numbers from 0 to C − 1.
   */
  public static Metric accuracy() {
    return topK("accuracy", 1);
  }

  /**
   * Returns the part of positions whose class has one of the k largest scores; of equal ones, those
   * of the first classes are larger.
   */
  public static Metric topAccuracy(int k) {
    checkArgument(k > 0, "k must be at least 1, not %s", k);
    return topK("top-" + k + "-accuracy", k);
  }

  private static Metric topK(String name, int k) {
    return new MeanMetric(
        name,
        k,
        (scores, target) -> Positions.checkRows("the scores of classes", scores, target),
        (scores, target, position) -> {
          int label = Scores.label(target, position, scores.shape().size(-1));
          return Scores.rank(scores, position, label) < k ? 1 : 0;
        },
        DoubleUnaryOperator.identity());
  }

  /**
   * Returns one number of counts of classes.
   *
   * <pre>{@code
   * Metrics.of("macro-f1", ConfusionMatrix.of(5), ConfusionMatrix::macroF1)
   * Metrics.of("recall", ConfusionMatrix.of(2), matrix -> matrix.recall(1))
   * }</pre>
   *
   * @param counts what gathers; it belongs to the metric now
   */
  public static <C extends ClassCounts> Metric of(
      String name, C counts, ToDoubleFunction<C> value) {
    return new CountsMetric<>(name, counts, value);
  }

  /**
   * Returns the area under the ROC curve: the part of pairs of a positive and a negative in which
   * the positive has the larger score, equal ones counting half (Hanley and McNeil, "The meaning
   * and use of the area under a receiver operating characteristic curve", 1982). Pairs are weighted
   * by the product of both weights. Predictions are scores of any scale, targets 0 or 1 in the same
   * shape. NaN where one of the two is missing. All scores are kept.
   */
  public static Metric rocAuc() {
    return new RocAuc();
  }

  /**
   * Returns exp of the mean −ln p of the right class, with p = softmax(prediction) (Jelinek et al.,
   * "Perplexity, a measure of the difficulty of speech recognition tasks", 1977). Predictions are
   * logits {@code [..., C]}, targets classes {@code [...]}.
   */
  public static Metric perplexity() {
    return new MeanMetric(
        "perplexity",
        NO_SETTINGS,
        (logits, target) -> Positions.checkRows("the logits of classes", logits, target),
        Metrics::surprise,
        Math::exp);
  }

  /** Returns ln Σ e^z − z_y, each z less the largest. */
  private static double surprise(Tensor logits, Tensor target, int position) {
    int classes = logits.shape().size(-1);
    int from = position * classes;
    double top = logits.at(from + Scores.best(logits, position));
    double right = logits.at(from + Scores.label(target, position, classes));
    double powers = 0;
    for (int c = 0; c < classes; c++) {
      double z = logits.at(from + c);
      powers += z == top ? 1 : Math.exp(z - top);
    }
    return Math.log(powers) + (right == top ? 0 : top - right);
  }

  // ---------------------------------------------------------------- numbers

  /** Returns the RMSE, √ of the mean (y − ŷ)². */
  public static Metric rootMeanSquaredError() {
    return ofElements("rmse", (p, y) -> (y - p) * (y - p), Math::sqrt);
  }

  /** Returns the MAE, the mean |y − ŷ|. */
  public static Metric meanAbsoluteError() {
    return ofElements("mae", (p, y) -> Math.abs(y - p), DoubleUnaryOperator.identity());
  }

  /**
   * Returns the MAPE, the mean |y − ŷ| / |y|: 0.1 stands for 10 %. As in scikit-learn, where |y| is
   * below 2⁻⁵² this is divided by: a target of 0 that is not met makes the number very large.
   */
  public static Metric meanAbsolutePercentageError() {
    return ofElements(
        "mape",
        (p, y) -> Math.abs(y - p) / Math.max(EPSILON, Math.abs(y)),
        DoubleUnaryOperator.identity());
  }

  /**
   * Returns the sMAPE, the mean 2·|y − ŷ| / (|y| + |ŷ|), from 0 to 2, which counts 0 where both are
   * 0 (Makridakis, "Accuracy measures: theoretical and practical concerns", 1993; the form of the
   * M4 competition).
   */
  public static Metric symmetricMeanAbsolutePercentageError() {
    return ofElements(
        "smape",
        (p, y) -> p == 0 && y == 0 ? 0 : 2 * Math.abs(y - p) / (Math.abs(y) + Math.abs(p)),
        DoubleUnaryOperator.identity());
  }

  /**
   * Returns the MASE, the mean absolute error divided by that of saying, within the history that
   * was trained on, what was {@code season} steps before (Hyndman and Koehler, "Another look at
   * measures of forecast accuracy", 2006): mean |y − ŷ| / mean |h_t − h_(t−season)|. Below 1 it is
   * better than that.
   *
   * @param history {@code [T]}, in the units of predictions and targets
   * @throws IllegalArgumentException where the history is not longer than a season, or repeats
   *     itself exactly
   */
  public static Metric meanAbsoluteScaledError(Tensor history, int season) {
    checkNotNull(history, "a metric was given null as its history");
    checkArgument(
        history.shape().rank() == 1 && season > 0 && history.shape().size(0) > season,
        "the history %s must have one axis, longer than a season of %s, at least 1",
        history.shape(),
        season);
    int differences = history.shape().size(0) - season;
    double sum = 0;
    for (int t = 0; t < differences; t++) {
      sum += Math.abs(history.at(t + season) - history.at(t));
    }
    double scale = sum / differences;
    checkArgument(
        scale > 0 && scale < Double.POSITIVE_INFINITY,
        "the history's mean change over a season is %s, which is no scale",
        scale);
    return new MeanMetric(
        "mase",
        scale,
        Positions::checkSameShape,
        (prediction, target, i) -> Math.abs(target.at(i) - prediction.at(i)),
        mean -> mean / scale);
  }

  /**
   * Returns R² = 1 − Σ w (y − ŷ)² / Σ w (y − ȳ)², all elements taken together. As in scikit-learn,
   * it is 1 where equal targets are met and 0 where they are not, and NaN for fewer than two.
   */
  public static Metric rSquared() {
    return new RSquared();
  }

  /**
   * Returns the part of targets that lie in an interval, ends included. Predictions are {@code
   * [..., Q]}, from the first quantile, the lower end, to the last; targets are {@code [...]}. NaN
   * where one of them is.
   */
  public static Metric coverage() {
    return new MeanMetric(
        "coverage",
        NO_SETTINGS,
        (quantiles, target) -> Positions.checkRows("the quantiles", quantiles, target),
        (quantiles, target, position) -> {
          int count = quantiles.shape().size(-1);
          double y = target.at(position);
          double low = quantiles.at(position * count);
          double high = quantiles.at(position * count + count - 1);
          boolean known = !Double.isNaN(low) && !Double.isNaN(y) && !Double.isNaN(high);
          return known ? low <= y && y <= high ? 1 : 0 : Double.NaN;
        },
        DoubleUnaryOperator.identity());
  }

  private interface OfElement {
    double of(double prediction, double target);
  }

  private static Metric ofElements(String name, OfElement term, DoubleUnaryOperator ofMean) {
    return new MeanMetric(
        name,
        NO_SETTINGS,
        Positions::checkSameShape,
        (prediction, target, i) -> term.of(prediction.at(i), target.at(i)),
        ofMean);
  }

  // ---------------------------------------------------------------- sequences

  /**
   * Returns how many labels must be inserted, deleted or replaced to make the targets of the
   * predictions, for each label of the targets (Levenshtein, "Binary codes capable of correcting
   * deletions, insertions and reversals", 1966): the error rate of labels, characters or words, Σ
   * w·distance / Σ w·length over sequences. Predictions are labels {@code [T, N]}, targets {@code
   * [S, N]}, whole numbers from 0 up, with −1 where a sequence has none; weights are {@code [N]}.
   */
  public static Metric editDistance() {
    return new EditDistance();
  }
}
