package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
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
        new Loss[] {
          Losses.meanSquaredError(),
          Losses.poisson(),
          Losses.binaryCrossEntropy(),
          Loss.perPosition((p, y) -> p.minus(y).square())
        }) {
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
        "the prediction [5, 7, 1] and the target y [7, 1] must have one shape" + LAST,
        assertThrows(ShapeException.class, () -> Losses.meanSquaredError().of(masked, y))
            .getMessage());
    assertEquals(
        "the target y [7, 1] must begin with the positions [5, 7] of the prediction [5, 7, 1]"
            + LAST,
        assertThrows(ShapeException.class, () -> Losses.quantiles(0.5).of(masked, y)).getMessage());
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

  /** Whether [1, 4] is transposed, or one time step of four sequences, is not known. */
  @Test
  void aTransposedTargetIsSaid() {
    String transposes = "; they are each other's transposes: give the target as ";
    assertShapes(
        transposes + "[4, 1], or leave out last() if its 1 rows are time steps",
        computed(4, 1),
        1,
        4);
    assertShapes(
        transposes + "[4, 2], or leave out last() if its 2 rows are time steps",
        computed(4, 2),
        2,
        4);
  }

  @Test
  void aTargetWithoutNumbersIsSaid() {
    String none =
        "; the target has no numbers: name the columns to predict, which for windows is target(...)";
    assertShapes(none, computed(3, 1), 3, 0);
    assertShapes(none, computed(5, 3, 1), 3, 0);
    assertMisfit(
        "the indices y [3, 0] must have the shape of the prediction [3, 4] without its last axis"
            + none,
        Losses.softmaxCrossEntropyOfIndices(),
        computed(3, 4),
        3,
        0);
  }

  /** A loss that is 0 whatever the prediction is looks like one that has been learnt. */
  @Test
  void oneClassIsRefused() {
    String one =
        "the prediction [7, 1] has one class, and its softmax is always 1: nothing would be learnt;"
            + " binaryCrossEntropy() is for two classes in one number";
    assertMisfit(one, Losses.softmaxCrossEntropyOfIndices(), computed(7, 1), 7);
    assertMisfit(one, Losses.softmaxCrossEntropy(), computed(7, 1), 7, 1);
    assertMisfit(one, Losses.klDivergence(), computed(7, 1), 7, 1);
    assertEquals(
        "one class weight at least is above 0: of [0.0, 0.0], nothing would be learnt",
        assertThrows(
                IllegalArgumentException.class,
                () -> Losses.softmaxCrossEntropy().classWeights(0, 0))
            .getMessage());
  }

  // ---------------------------------------------------------------- a formula of one's own

  /** A formula broadcasts, and the mean over all pairs of sequences looks like a loss. */
  @Test
  void aFormulaIsAskedAboutOneShapeOnly() {
    Loss squared = Loss.perPosition((p, y) -> p.minus(y).square());
    String only = " must have one shape";
    assertMisfit(
        "the prediction [4, 1] and the target y [4]" + only + "; give the target the shape [4, 1]",
        squared,
        computed(4, 1),
        4);
    assertMisfit(
        "the prediction [4, 1] and the target y [4, 2]" + only, squared, computed(4, 1), 4, 2);
    assertMisfit(
        "the prediction [4, 3] and the target y [4]"
            + only
            + "; a formula of 3 numbers for each of the target is for Loss.perPosition(3, formula)",
        squared,
        computed(4, 3),
        4);
  }

  @Test
  void aFormulaOfSeveralNumbersIsAskedAboutThese() {
    Loss spread =
        Loss.perPosition(
            2,
            (p, y) -> {
              List<Node> parts = p.split(-1, 2);
              Node d = y.minus(parts.get(0).reshape(y.shape()));
              return d.square().times(parts.get(1).reshape(y.shape()));
            });
    Tensor prediction = Tensor.of(new double[][] {{1, 10}, {2, 100}});
    Tensor y = Tensor.of(3, 5);
    Node[] forms = {Node.constant(y), Node.constant(y.reshape(2, 1))};
    for (Node target : forms) {
      assertEquals(470, spread.of(Node.constant(prediction), target).mean().eval().item());
    }
    LossSum first =
        spread.of(
            Signal.of(Node.constant(prediction)),
            Target.of(forms[0]).weighted(Node.constant(Tensor.of(1, 0))));
    assertEquals(40, first.mean().eval().item());
    assertMisfit(
        "the prediction [5, 7, 2] must hold 2 numbers for each of the target y [7]: [7, 2] or [14]"
            + LAST,
        spread,
        computed(5, 7, 2),
        7);
    assertMisfit(
        "the prediction [7, 3] must hold 2 numbers for each of the target y [7, 1]: [7, 1, 2] or"
            + " [7, 2]",
        spread,
        computed(7, 3),
        7,
        1);
    assertEquals(
        "1 numbers for each of the target: it is 2 or more, and perPosition(formula) is for one",
        assertThrows(IllegalArgumentException.class, () -> Loss.perPosition(1, Node::minus))
            .getMessage());
  }

  @Test
  void whatIsOtherwiseWrongHasNoCure() {
    assertShapes("", computed(7, 2), 7, 3);
    assertShapes("", computed(5, 7, 2), 5, 7, 3);
    assertShapes("", computed(7, 2), 8);
  }
}
