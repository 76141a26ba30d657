package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.OfProbabilities;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.function.BinaryOperator;

/**
 * The losses of the library. Unless said otherwise a loss is the mean over all elements that count,
 * with prediction ŷ and target y of one shape.
 */
public final class Losses {
  private static final String LABELS =
      "a label of binary cross-entropy is 0, 1 or a probability between: number two classes 0 and"
          + " 1, and take softmaxCrossEntropyOfIndices() for more";

  private static final String COUNTS =
      "poisson() takes finite counts from 0 up: give them as they are, neither scaled nor their"
          + " logarithms";

  private Losses() {}

  // ---------------------------------------------------------------- numbers

  /** Returns the mean of (ŷ − y)². */
  public static Loss meanSquaredError() {
    return PerPosition.ofOneShape(Losses::squares);
  }

  /**
   * Returns ½ Σ (ŷ − y)² over all elements that count, whose gradient is ŷ − y. It is a sum, which
   * grows with the batch.
   */
  public static Loss halfSumOfSquares() {
    Loss squares = PerPosition.ofOneShape(Losses::squares);
    return (prediction, target) -> LossSum.total(squares.of(prediction, target).sum().times(0.5));
  }

  /** Returns the mean of |ŷ − y|, whose gradient at 0 is 0. */
  public static Loss meanAbsoluteError() {
    return PerPosition.ofOneShape((prediction, target) -> distance(prediction, target));
  }

  /**
   * Returns the mean of ½d² where d = |ŷ − y| is below δ, and δ·(d − ½δ) elsewhere (Huber, "Robust
   * estimation of a location parameter", 1964).
   */
  public static Loss huber(double delta) {
    checkArgument(
        delta > 0 && delta < Double.POSITIVE_INFINITY,
        "the delta %s is not a finite number above 0",
        delta);
    return PerPosition.ofOneShape(
        (prediction, target) -> huber(distance(prediction, target), delta));
  }

  /**
   * Returns the mean of ½d²/β where d = |ŷ − y| is below β, and d − ½β elsewhere (Girshick, "Fast
   * R-CNN", 2015, with β = 1).
   */
  public static Loss smoothL1(double beta) {
    checkArgument(
        beta > 0 && beta < Double.POSITIVE_INFINITY,
        "the beta %s is not a finite number above 0: meanAbsoluteError() is the loss without one",
        beta);
    return PerPosition.ofOneShape(
        (prediction, target) -> huber(distance(prediction, target), beta).times(1 / beta));
  }

  /** Returns ½c² + δ(d − c) with c = min(d, δ): both parts of the formula in one. */
  private static Node huber(Node d, double delta) {
    Node c = d.minimum(Node.constant(delta));
    return c.square().times(0.5).plus(d.minus(c).times(delta));
  }

  /**
   * Returns the mean of max(q·d, (q − 1)·d), d = y − ŷ, over several levels q at once (Koenker and
   * Bassett, "Regression quantiles", 1978). The prediction is {@code [..., Q]}, a number for each
   * level, and the target {@code [...]}; for one level, the prediction may have the target's shape.
   *
   * @param levels from 0 to 1
   */
  public static Loss quantiles(double... levels) {
    checkNotNull(levels, "a loss was given null as its quantiles");
    checkArgument(levels.length > 0, "there is no level: quantiles(0.1, 0.5, 0.9)");
    for (double level : levels) {
      checkArgument(level > 0 && level < 1, "the level %s is not between 0 and 1", level);
    }
    Node q = Node.constant(Tensor.of(levels));
    return PerPosition.of((prediction, target) -> pinball(prediction, target, q));
  }

  private static Node pinball(Node prediction, Node target, Node q) {
    boolean one = q.size(0) == 1 && prediction.shape().equals(target.shape());
    Shape wide = target.shape().insert(target.shape().rank(), 1);
    Shape expected = target.shape().insert(target.shape().rank(), q.size(0));
    if (!one && !prediction.shape().equals(expected)) {
      throw Misfit.of(
          Misfit.named(prediction)
              + " must hold "
              + q.size(0)
              + " quantiles for each number of the target "
              + target
              + ", as "
              + expected,
          prediction,
          target);
    }
    Node d = (one ? target : target.reshape(wide)).minus(prediction);
    return d.times(q).maximum(d.times(q.minus(1)));
  }

  // ---------------------------------------------------------------- likelihoods

  /** {@link #gaussian(double)} with variances from 10⁻⁶ up. */
  public static Loss gaussian() {
    return gaussian(1e-6);
  }

  /**
   * Returns the mean of −ln N(y; m, v) = ½ (ln v + (y − m)²/v) + ½ ln 2π (Nix and Weigend,
   * "Estimating the mean and variance of the target probability distribution", 1994). The
   * prediction holds means and variances: {@code [..., 2·O]} for targets {@code [..., O]}, all
   * means first, or {@code [..., 2]} for {@code [...]}. Make variances positive by {@code softplus}
   * or {@code exp}.
   *
   * @param epsilon what a smaller variance is taken for; its gradient stays
   */
  public static Loss gaussian(double epsilon) {
    checkArgument(
        epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY,
        "the least variance %s is not a finite number from 0 up",
        epsilon);
    return PerPosition.of((prediction, y) -> Likelihoods.gaussian(prediction, y, epsilon));
  }

  /**
   * Returns the mean of −ln of Student's t density with location μ, scale σ and degrees of freedom
   * ν, ½(ν + 1)·ln(1 + ((y − μ)/σ)²/ν) + ln σ + ½ ln(νπ) − ln Γ((ν + 1)/2)/Γ(ν/2) (Lange, Little
   * and Taylor, "Robust statistical modeling using the t distribution", 1989). The prediction holds
   * μ, σ and ν: {@code [..., 3·O]} for targets {@code [..., O]}, or {@code [..., 3]} for {@code
   * [...]}. Make σ and ν positive, by {@code softplus} for example.
   */
  public static Loss studentT() {
    return PerPosition.of(Likelihoods::studentT);
  }

  /** Returns {@link #studentT()} with a fixed ν: the prediction holds μ and σ. */
  public static Loss studentT(double nu) {
    checkArgument(
        nu > 0 && nu < Double.POSITIVE_INFINITY,
        "the degrees of freedom %s are not a finite number above 0",
        nu);
    return PerPosition.of((prediction, y) -> Likelihoods.studentT(prediction, y, nu));
  }

  /**
   * Returns the mean of e^x − y·x, which is −ln of the Poisson probability of y at the rate e^x,
   * but for ln y!, which no parameter changes. The prediction x is the logarithm of the rate, and y
   * a finite number from 0 up: a run refuses others, with an {@link IllegalArgumentException}.
   */
  public static Loss poisson() {
    Loss loss = PerPosition.ofOneShape((x, y) -> x.exp().minus(y.times(x)));
    return new InRange(loss, 0, Double.MAX_VALUE, COUNTS);
  }

  // ---------------------------------------------------------------- classes

  /**
   * Returns the mean of −y·ln p − (1 − y)·ln(1 − p) with p = σ(x): logits x, and targets 0 or 1, or
   * probabilities: a run refuses others, with an {@link IllegalArgumentException}. It is computed
   * as (1 − y)·x + ln(1 + e^−x), which does not overflow.
   */
  public static Loss binaryCrossEntropy() {
    return ofLabels((x, y) -> y.complement().times(x).plus(x.negate().softplus()));
  }

  /**
   * Returns {@link #binaryCrossEntropy()} whose positives count more: −w·y·ln p − (1 − y)·ln(1 −
   * p).
   *
   * @param weights one number for all, or one for each place of the last axis
   */
  public static Loss binaryCrossEntropy(double... weights) {
    checkNotNull(weights, "a cross-entropy was given null as its weights of positives");
    for (double weight : weights) {
      checkArgument(
          weight >= 0 && weight < Double.POSITIVE_INFINITY,
          "the weight of positives %s is not a finite number from 0 up",
          weight);
    }
    Node more = Node.constant(Tensor.of(weights)).minus(1);
    return ofLabels(
        (x, y) -> {
          if (weights.length != 1 && (x.shape().rank() == 0 || weights.length != x.size(-1))) {
            throw new ShapeException(
                "there are " + weights.length + " weights of positives for " + Misfit.named(x));
          }
          Node factor = more.times(y).plus(1);
          return y.complement().times(x).plus(factor.times(x.negate().softplus()));
        });
  }

  private static Loss ofLabels(BinaryOperator<Node> elements) {
    return new InRange(PerPosition.ofOneShape(elements), 0, 1, LABELS);
  }

  /**
   * Returns the cross-entropy of the softmax of logits {@code [..., C]} with one-hot targets, or
   * any probabilities, of the same shape: the mean of −Σ y_c ln p_c over all but the last axis.
   */
  public static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return SoftmaxCrossEntropy.of(false);
  }

  /**
   * Returns the cross-entropy of the softmax of logits {@code [..., C]} with the index of the right
   * class, a whole number from 0 to C−1, in {@code [...]}: the mean of −ln p_y.
   */
  public static SoftmaxCrossEntropy softmaxCrossEntropyOfIndices() {
    return SoftmaxCrossEntropy.of(true);
  }

  /**
   * Returns the mean of Σ y_c·(ln y_c − ln p_c), p = softmax(z), over all but the last axis: the
   * divergence from the target's probabilities y to those of logits z, both {@code [..., C]}
   * (Kullback and Leibler, "On information and sufficiency", 1951). 0·ln 0 is 0.
   */
  public static Loss klDivergence() {
    return PerPosition.ofProbabilities(Losses::divergence);
  }

  private static Node divergence(Node logits, Node y) {
    Misfit.checkSameShape(logits, y);
    Misfit.checkSeveral(logits);
    Node zero = Node.constant(0);
    Node never = y.equalTo(zero);
    Node z = logits.minus(logits.maxKeeping(-1).stopGradient());
    Node logs = z.minus(z.exp().sumKeeping(-1).log());
    Node own = never.select(Node.constant(1), y).log();
    return OfProbabilities.of(y.times(own.minus(never.select(zero, logs))).sum(-1), y);
  }

  /** Returns the loss of {@link Ctc}, with the class 0 as the blank. */
  public static Ctc ctc() {
    return Ctc.of();
  }

  // ---------------------------------------------------------------- parts

  private static Node squares(Node prediction, Node target) {
    return prediction.minus(target).square();
  }

  private static Node distance(Node prediction, Node target) {
    return prediction.minus(target).abs();
  }
}
