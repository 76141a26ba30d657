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
    if (!prediction.shape().equals(target.shape())) {
      String both = named(prediction) + " and the target " + target + " must have one shape";
      throw of(both, prediction, target);
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
