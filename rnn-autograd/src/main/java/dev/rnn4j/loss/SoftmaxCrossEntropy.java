package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.ClassIndex;
import dev.rnn4j.graph.op.OfProbabilities;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The cross-entropy of p = softmax(z), logits z {@code [..., C]}, with the right class y, {@code
 * [...]}, or with probabilities y of all classes, {@code [..., C]}:
 *
 * <pre>
 * −ln p_y          Σ −ln p_y / number of positions
 * −Σ y_c ln p_c    Σ −Σ y_c ln p_c / number of positions
 * </pre>
 *
 * <p>With {@linkplain #classWeights class weights} w the mean for classes is Σ w_y·(−ln p_y) / Σ
 * w_y; for probabilities it is Σ −Σ w_c·y_c·ln p_c over the number of positions. With {@linkplain
 * #labelSmoothing smoothing} ε the target is (1 − ε)·y + ε/C (Szegedy et al., "Rethinking the
 * Inception architecture for computer vision", 2016). Positions with the {@linkplain #ignoring
 * ignored} index count nowhere. These are the definitions of PyTorch. Where a target that counts is
 * no class, or its probabilities do not add up to 1, a run refuses it with an {@link
 * IllegalArgumentException} that says where it stands.
 */
public final class SoftmaxCrossEntropy implements Loss {
  private final boolean ofIndices;
  private final double smoothing;
  private final Optional<Node> classWeights;
  private final OptionalInt ignored;

  private SoftmaxCrossEntropy(
      boolean ofIndices, double smoothing, Optional<Node> classWeights, OptionalInt ignored) {
    this.ofIndices = ofIndices;
    this.smoothing = smoothing;
    this.classWeights = classWeights;
    this.ignored = ignored;
  }

  static SoftmaxCrossEntropy of(boolean ofIndices) {
    return new SoftmaxCrossEntropy(ofIndices, 0, Optional.empty(), OptionalInt.empty());
  }

  /** Returns this loss with the part ε of each target spread over all classes. */
  public SoftmaxCrossEntropy labelSmoothing(double epsilon) {
    checkArgument(epsilon >= 0 && epsilon <= 1, "the smoothing %s is not from 0 to 1", epsilon);
    return new SoftmaxCrossEntropy(ofIndices, epsilon, classWeights, ignored);
  }

  /**
   * Returns this loss with weights of the classes, C numbers from 0 up.
   *
   * @throws IllegalArgumentException for other numbers, and where all are 0: nothing would count
   */
  public SoftmaxCrossEntropy classWeights(double... weights) {
    checkNotNull(weights, "a cross-entropy was given null as its class weights");
    for (double weight : weights) {
      checkArgument(
          weight >= 0 && weight < Double.POSITIVE_INFINITY,
          "the class weight %s is not a finite number from 0 up",
          weight);
    }
    checkArgument(
        Arrays.stream(weights).anyMatch(weight -> weight > 0),
        "one class weight at least is above 0: of %s, nothing would be learnt",
        Arrays.toString(weights));
    Node constant = Node.constant(Tensor.of(weights));
    return new SoftmaxCrossEntropy(ofIndices, smoothing, Optional.of(constant), ignored);
  }

  /**
   * Returns this loss without the positions whose target is this index; −100 for example.
   *
   * @throws IllegalStateException for a loss of probabilities
   */
  public SoftmaxCrossEntropy ignoring(int index) {
    if (!ofIndices) {
      throw new IllegalStateException(
          "probabilities have no index to be ignored: give their positions the weight 0");
    }
    return new SoftmaxCrossEntropy(ofIndices, smoothing, classWeights, OptionalInt.of(index));
  }

  @Override
  public LossSum of(Signal prediction, Target target) {
    Node logits = prediction.values();
    PerPosition loss =
        ofIndices
            ? PerPosition.of(this::ofClasses, classWeights.map(w -> y -> right(y, logits, w)))
            : PerPosition.ofProbabilities(this::ofProbabilities);
    return loss.of(prediction, ignored.isPresent() ? withoutIgnored(prediction, target) : target);
  }

  private Target withoutIgnored(Signal prediction, Target target) {
    Node y = target.values();
    Node counts = y.equalTo(Node.constant(ignored.getAsInt())).complement();
    Node weights =
        target
            .weights()
            .map(w -> PerPosition.beside(PerPosition.weights(prediction, target), y))
            .map(w -> counts.select(w, Node.constant(0)))
            .orElse(counts);
    return target.weighted(weights);
  }

  private Node ofClasses(Node logits, Node y) {
    Node surprise = surprise(logits);
    Node right = right(y, logits, surprise);
    Node weighted = classWeights.map(w -> right.times(right(y, logits, w))).orElse(right);
    return smoothing == 0
        ? weighted
        : weighted.times(1 - smoothing).plus(spread(surprise, smoothing / logits.size(-1)));
  }

  /** Returns Σ w_c·(−ln p_c), times a factor. */
  private Node spread(Node surprise, double factor) {
    return classWeights.map(surprise::times).orElse(surprise).sum(-1).times(factor);
  }

  private Node ofProbabilities(Node logits, Node y) {
    if (isOfClasses(logits, y)) {
      throw new ShapeException(
          Misfit.named(logits)
              + " and the target "
              + y
              + " must have one shape; indices of classes are for softmaxCrossEntropyOfIndices()");
    }
    Misfit.checkSameShape(logits, y);
    checkClasses(logits);
    Node zero = Node.constant(0);
    Node some = y.equalTo(zero).select(zero, surprise(logits)); // 0·∞ of a class ruled out
    Node parts = classWeights.map(some::times).orElse(some).times(y);
    Node sum = OfProbabilities.of(parts.sum(-1), y);
    return smoothing == 0
        ? sum
        : sum.times(1 - smoothing).plus(spread(surprise(logits), smoothing / logits.size(-1)));
  }

  /** Returns whether y has one number where the logits have one for each class. */
  private static boolean isOfClasses(Node logits, Node y) {
    return logits.shape().rank() > 0 && logits.shape().without(-1).equals(y.shape());
  }

  /** Returns −ln softmax(z) of each class. */
  private static Node surprise(Node logits) {
    Node z = logits.minus(logits.maxKeeping(-1).stopGradient());
    return z.exp().sumKeeping(-1).log().minus(z);
  }

  /**
   * Returns of values {@code [..., C]} or {@code [C]} those of the right classes, {@code [...]}.
   */
  private Node right(Node y, Node logits, Node values) {
    Shape shape = logits.shape();
    if (!isOfClasses(logits, y)) {
      String rule =
          "the indices "
              + y
              + " must have the shape of "
              + Misfit.named(logits)
              + " without its last axis";
      throw shape.equals(y.shape())
          ? new ShapeException(rule + "; one-hot targets are for softmaxCrossEntropy()")
          : Misfit.of(rule, logits, y);
    }
    checkClasses(logits);
    Node numbers =
        Node.constant(Tensor.of(IntStream.range(0, shape.size(-1)).asDoubleStream().toArray()));
    Node known = ClassIndex.of(y, shape.size(-1));
    Node chosen = known.reshape(y.shape().insert(y.shape().rank(), 1)).equalTo(numbers);
    return chosen.select(values, Node.constant(0)).sum(-1);
  }

  private void checkClasses(Node logits) {
    Misfit.checkSeveral(logits);
    if (classWeights.isPresent() && classWeights.get().size(0) != logits.size(-1)) {
      throw new ShapeException(
          "there are "
              + classWeights.get().size(0)
              + " class weights, and "
              + Misfit.named(logits)
              + " has "
              + logits.size(-1)
              + " classes");
    }
  }
}
