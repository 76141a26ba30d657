package dev.rnn4j.loss;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;

/** The words for a prediction and a target that do not fit each other, and the usual cures. */
final class Misfit {
  private Misfit() {}

  /** Refuses a prediction of another shape than its target's. */
  static void checkSameShape(Node prediction, Node target) {
    checkSameShape(prediction, target, "");
  }

  /** Refuses such a prediction to a user's formula, and names the way to several numbers. */
  static void checkOneShape(Node prediction, Node target) {
    Shape shape = prediction.shape();
    boolean several =
        shape.rank() > 0 && shape.size(-1) > 1 && shape.without(-1).equals(target.shape());
    checkSameShape(
        prediction,
        target,
        several
            ? "; a formula of "
                + shape.size(-1)
                + " numbers for each of the target is for Loss.perPosition("
                + shape.size(-1)
                + ", formula)"
            : "");
  }

  private static void checkSameShape(Node prediction, Node target, String otherwise) {
    if (prediction.shape().equals(target.shape())) {
      return;
    }
    String rule = named(prediction) + " and the target " + target + " must have one shape";
    if (isTransposed(prediction.shape(), target.shape())) {
      throw new ShapeException(
          rule
              + "; they are each other's transposes: give the target as "
              + prediction.shape()
              + ", or leave out last() if its "
              + target.size(0)
              + " rows are time steps");
    }
    String cure = cure(prediction.shape(), target.shape());
    throw new ShapeException(rule + (cure.isEmpty() ? otherwise : cure));
  }

  /** Whether the first axis of [T, N] and of [N, O] is meant cannot be told. */
  private static boolean isTransposed(Shape prediction, Shape target) {
    return prediction.rank() == 2
        && target.rank() == 2
        && prediction.size(0) == target.size(1)
        && prediction.size(1) == target.size(0);
  }

  /** Refuses a prediction that has not so many numbers for each of the target. */
  static void checkHolds(int count, Node prediction, Node target) {
    Shape shape = prediction.shape();
    Shape y = target.shape();
    boolean behind = shape.equals(y.insert(y.rank(), count));
    boolean beside =
        y.rank() > 0 && y.rank() == shape.rank() && shape.equals(y.with(-1, count * y.size(-1)));
    if (!behind && !beside) {
      throw of(
          named(prediction)
              + " must hold "
              + count
              + " numbers for each of the target "
              + target
              + ": "
              + y.insert(y.rank(), count)
              + (y.rank() == 0 ? "" : " or " + y.with(-1, count * y.size(-1))),
          prediction,
          target);
    }
  }

  /** Refuses logits of one class, whose softmax is 1 and whose loss is 0, whatever they are. */
  static void checkSeveral(Node logits) {
    if (logits.size(-1) == 1) {
      throw new ShapeException(
          named(logits)
              + " has one class, and its softmax is always 1: nothing would be learnt;"
              + " binaryCrossEntropy() is for two classes in one number");
    }
  }

  /**
   * Returns the error.
   *
   * @param rule what must fit and does not
   */
  static ShapeException of(String rule, Node prediction, Node target) {
    return new ShapeException(rule + cure(prediction.shape(), target.shape()));
  }

  /** Returns words for a prediction: what computed it last, an add perhaps, tells nobody much. */
  static String named(Node prediction) {
    boolean given = prediction instanceof Input || prediction instanceof Parameter;
    return "the prediction " + (given ? prediction : prediction.shape());
  }

  /** Returns what to do where time is there on one side only, or an axis of size 1. */
  private static String cure(Shape prediction, Shape target) {
    if (target.elements() == 0 && prediction.elements() > 0) {
      return "; the target has no numbers: name the columns to predict, which for windows is"
          + " target(...)";
    }
    if (prediction.rank() > 2 && hasNoTime(target, prediction)) {
      return "; the prediction has an output for each of "
          + prediction.size(0)
          + " time steps, and the target one for each sequence: call last(), as in new"
          + " Recurrent<>(cell).last()";
    }
    if (prediction.rank() > 0 && target.rank() > 1 && hasNoTime(prediction, target)) {
      return "; the target has one for each of "
          + target.size(0)
          + " time steps, and the prediction one for each sequence: leave out last()";
    }
    boolean wide = prediction.rank() > 0 && prediction.size(-1) == 1;
    return wide && prediction.without(-1).equals(target)
        ? "; give the target the shape " + prediction
        : "";
  }

  /** Returns whether values are [N, ...], and a sequence [T, N, ...]. */
  private static boolean hasNoTime(Shape values, Shape sequence) {
    return values.rank() > 0
        && values.rank() <= sequence.rank()
        && values.size(0) == sequence.size(1)
        && (values.size(0) != sequence.size(0) || values.equals(sequence.without(0)));
  }
}
