package dev.rnn4j.loss;

import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A loss that is added up of elements: masks, weights and counting are dealt with here, once.
 *
 * @param fit refuses shapes of predictions and targets that no formula is asked about
 * @param elements from prediction and target the terms to add up
 * @param own from the target how much each term counts by itself, in the terms' shape; the terms
 *     hold this factor already. Absent where each counts once
 * @param instead what stands for targets that do not count, from the prediction: a target like any
 *     other
 */
record PerPosition(
    BiConsumer<Node, Node> fit,
    BinaryOperator<Node> elements,
    Optional<UnaryOperator<Node>> own,
    ToDoubleFunction<Node> instead)
    implements Loss {
  /** Refuses nothing: for formulas that check what they are given themselves. */
  private static final BiConsumer<Node, Node> ANY = (prediction, target) -> {};

  /**
   * Returns the loss of a formula that checks itself what it is given.
   *
   * @param own as that of the record
   */
  static PerPosition of(BinaryOperator<Node> elements, Optional<UnaryOperator<Node>> own) {
    return new PerPosition(ANY, elements, own, prediction -> 0);
  }

  /** Returns the loss of a formula that checks itself what it is given. */
  static PerPosition of(BinaryOperator<Node> elements) {
    return of(elements, Optional.empty());
  }

  /** Returns the loss of a formula of predictions and targets whose shapes are compared before. */
  static PerPosition of(BiConsumer<Node, Node> fit, BinaryOperator<Node> elements) {
    return new PerPosition(fit, elements, Optional.empty(), prediction -> 0);
  }

  /** Returns the loss of predictions and targets of one shape. */
  static PerPosition ofOneShape(BinaryOperator<Node> elements) {
    return of(Misfit::checkSameShape, elements);
  }

  /** Returns the loss of probabilities {@code [..., C]}; what does not count has equal ones. */
  static PerPosition ofProbabilities(BinaryOperator<Node> elements) {
    return new PerPosition(ANY, elements, Optional.empty(), y -> 1.0 / y.size(-1));
  }

  @Override
  public LossSum of(Signal prediction, Target target) {
    Node y = prediction.values();
    fit.accept(y, target.values());
    Optional<Node> known = known(prediction, target);
    if (known.isEmpty()) {
      Node terms = elements.apply(y, target.values());
      Node weight = Node.constant(terms.shape().elements());
      return LossSum.of(terms.sum(), own.map(f -> f.apply(target.values()).sum()).orElse(weight));
    }
    Node counts = known.get();
    Node zero = Node.constant(0);
    if (!begins(target.values().shape(), counts.shape())) {
      String both = "the target " + target.values() + " must begin with the positions ";
      throw Misfit.of(both + counts.shape() + " of " + Misfit.named(y), y, target.values());
    }
    Node cleanTarget = clean(counts, target.values(), instead.applyAsDouble(y));
    boolean clean = target.weights().isEmpty(); // a masked signal is
    Node cleanPrediction = clean ? y : clean(counts, y, 0);
    Node terms = elements.apply(cleanPrediction, cleanTarget);
    Node factors = beside(counts, terms);
    Node weighted = target.weights().isPresent() ? terms.times(factors) : terms;
    double each = (double) terms.shape().elements() / counts.shape().elements();
    Node weight =
        own.map(f -> factors.select(f.apply(cleanTarget).times(factors), zero).sum())
            .orElseGet(() -> counts.sum().times(each));
    return LossSum.of(factors.select(weighted, zero).sum(), weight);
  }

  /** Returns values with a number in the place of those that do not count. */
  static Node clean(Node counts, Node values, double instead) {
    return beside(counts, values).select(values, Node.constant(instead));
  }

  /** Returns how much each position counts, unless all count once. */
  static Optional<Node> known(Signal prediction, Target target) {
    return prediction.isMasked() || target.weights().isPresent()
        ? Optional.of(counts(prediction, target))
        : Optional.empty();
  }

  /** Returns how much each position counts, {@code [T, N]} or {@code [N]}. */
  private static Node counts(Signal prediction, Target target) {
    if (target.weights().isEmpty()) {
      return prediction.mask();
    }
    Node weights = weights(prediction, target);
    return prediction.isMasked()
        ? beside(prediction.mask(), weights).select(weights, Node.constant(0))
        : weights;
  }

  /** Returns the weights that a target has, those of sequences at each of their steps. */
  static Node weights(Signal prediction, Target target) {
    Node weights = target.weights().orElseThrow();
    Shape shape = prediction.values().shape();
    if (isOfSequences(weights, shape) && hasTime(prediction, target)) {
      weights = weights.broadcastTo(Shape.of(shape.size(0), shape.size(1)));
    }
    if (!begins(shape, weights.shape())) {
      throw new ShapeException(
          "weights are [T, N] or [N], one for each position of "
              + Misfit.named(prediction.values())
              + ", and "
              + weights
              + " are not");
    }
    return weights;
  }

  /** Returns whether weights are one for each sequence of [T, N, ...], if that is the shape. */
  private static boolean isOfSequences(Node weights, Shape shape) {
    return shape.rank() > 1 && weights.shape().equals(Shape.of(shape.size(1)));
  }

  /**
   * Returns whether a prediction that weights of sequences fit is [T, N, ...]: as its mask tells,
   * the target's axes or their number; or as the weights do not fit [N, O].
   */
  private static boolean hasTime(Signal prediction, Target target) {
    Shape shape = prediction.values().shape();
    if (prediction.isMasked()) {
      return true;
    }
    if (target.values().shape().rank() < 2) {
      return false;
    }
    if (target.axes().isPresent()) {
      return target.axes().get() == Axes.TIME_BATCH;
    }
    boolean square = shape.size(0) == shape.size(1) && shape.size(0) > 1;
    if (shape.rank() == 2 && square) {
      throw new ShapeException(
          "whether "
              + Misfit.named(prediction.values())
              + " is [T, N] or [N, ...] cannot be told, and weights "
              + target.weights().orElseThrow().shape()
              + " of sequences fit both: say Axes.TIME_BATCH or Axes.BATCH behind the target of the"
              + " batch, or target.along(axes)");
    }
    return shape.rank() > 2 || !square;
  }

  private static boolean begins(Shape shape, Shape first) {
    return first.rank() > 0 && shape.startsWith(first);
  }

  /** Returns counts with axes of size 1 behind, to stand beside a value {@code [T, N, ...]}. */
  static Node beside(Node counts, Node value) {
    if (!begins(value.shape(), counts.shape())) {
      throw new ShapeException(
          "the value "
              + value
              + " must begin with the positions "
              + counts.shape()
              + " that the mask or the weights are for");
    }
    Shape wide = counts.shape();
    while (wide.rank() < value.shape().rank()) {
      wide = wide.insert(wide.rank(), 1);
    }
    return wide.equals(counts.shape()) ? counts : counts.reshape(wide);
  }
}
