package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import org.junit.jupiter.api.Test;

/** Predictions and targets that do not fit, and the cures that are named. */
class MisfitTest {
  private static final String LAST =
      "; the prediction has an output for each of 5 time steps, and the target one for each"
          + " sequence: call last(), as in new Recurrent<>(cell).last()";
  private static final String ALL =
      "; the target has one for each of 5 time steps, and the prediction one for each sequence:"
          + " leave out last()";

  /** A prediction that is computed: the name of its last op says nothing. */
  private static Node computed(int... sizes) {
    return Input.of("z", sizes).plus(1);
  }

  private static void assertMisfit(String message, Loss loss, Node prediction, int... target) {
    Node y = Input.of("y", Shape.of(target));
    assertEquals(
        message, assertThrows(ShapeException.class, () -> loss.of(prediction, y)).getMessage());
  }

  private static void assertShapes(String cure, Node prediction, int... target) {
    String both = prediction.shape() + " and the target y " + Shape.of(target);
    for (Loss loss :
        new Loss[] {Losses.meanSquaredError(), Losses.poisson(), Losses.binaryCrossEntropy()}) {
      assertMisfit(
          "the prediction " + both + " must have one shape" + cure, loss, prediction, target);
    }
  }

  @Test
  void aSequenceOfOutputsForOneTargetEach() {
    assertShapes(LAST, computed(5, 7, 1), 7, 1);
    assertShapes(LAST, computed(5, 7, 1), 7);
    assertShapes(LAST, computed(5, 5, 1), 5, 1);
    assertMisfit(
        "the indices y [7] must have the shape of the prediction [5, 7, 4] without its last axis"
            + LAST,
        Losses.softmaxCrossEntropyOfIndices(),
        computed(5, 7, 4),
        7);
    assertMisfit(
        "the prediction [5, 7, 2] must hold 2 quantiles for each number of the target y [7], as"
            + " [7, 2]"
            + LAST,
        Losses.quantiles(0.1, 0.9),
        computed(5, 7, 2),
        7);
    Signal masked = Signal.of(computed(5, 7, 1)).masked(Input.of("mask", 5, 7));
    Target y = Target.of(Input.of("y", 7, 1));
    assertEquals(
        "the target y [7, 1] must begin with the positions [5, 7] of the prediction [5, 7, 1]"
            + LAST,
        assertThrows(ShapeException.class, () -> Losses.meanSquaredError().of(masked, y))
            .getMessage());
  }

  @Test
  void oneOutputForASequenceOfTargets() {
    assertShapes(ALL, computed(7, 1), 5, 7, 1);
    assertMisfit(
        "the indices y [5, 7] must have the shape of the prediction [7, 4] without its last axis"
            + ALL,
        Losses.softmaxCrossEntropyOfIndices(),
        computed(7, 4),
        5,
        7);
  }

  @Test
  void anAxisOfSizeOneIsSaid() {
    assertShapes("; give the target the shape [7, 1]", computed(7, 1), 7);
    assertShapes("; give the target the shape [5, 7, 1]", computed(5, 7, 1), 5, 7);
  }

  @Test
  void theOtherCrossEntropyIsNamed() {
    assertMisfit(
        "the indices y [7, 4] must have the shape of the prediction [7, 4] without its last axis;"
            + " one-hot targets are for softmaxCrossEntropy()",
        Losses.softmaxCrossEntropyOfIndices(),
        computed(7, 4),
        7,
        4);
    assertMisfit(
        "the prediction [7, 4] and the target y [7] must have one shape; indices of classes are for"
            + " softmaxCrossEntropyOfIndices()",
        Losses.softmaxCrossEntropy(),
        computed(7, 4),
        7);
  }

  @Test
  void whatIsOtherwiseWrongHasNoCure() {
    assertShapes("", computed(7, 2), 7, 3);
    assertShapes("", computed(5, 7, 2), 5, 7, 3);
    assertShapes("", computed(7, 2), 8);
  }
}
