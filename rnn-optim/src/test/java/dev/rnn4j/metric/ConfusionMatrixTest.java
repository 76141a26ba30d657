package dev.rnn4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The examples of scikit-learn's documentation, and edges. */
class ConfusionMatrixTest {
  private static ConfusionMatrix of(int classes, int[] target, int[] predicted) {
    ConfusionMatrix matrix = ConfusionMatrix.of(classes);
    for (int i = 0; i < target.length; i++) {
      matrix.add(predicted[i], target[i], 1);
    }
    return matrix;
  }

  @Test
  void countsTargetsInRowsAndPredictionsInColumns() {
    ConfusionMatrix matrix = of(3, new int[] {2, 0, 2, 2, 0, 1}, new int[] {0, 0, 2, 2, 0, 2});
    assertArrayEquals(
        new double[][] {{2, 0, 0}, {0, 0, 1}, {1, 0, 2}}, matrix.toTensor().toMatrix());
    assertEquals(1, matrix.count(2, 0));
    assertEquals(4 / 6.0, matrix.accuracy());
    assertEquals(6, matrix.weight());
  }

  /** precision_score, recall_score and f1_score of these are 0.22, 0.33 and 0.26 (macro). */
  @Test
  void measuresAreScikitLearns() {
    ConfusionMatrix matrix = of(3, new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1});
    assertEquals(2 / 3.0, matrix.precision(0));
    assertEquals(0, matrix.precision(1));
    assertEquals(1, matrix.recall(0));
    assertEquals(0.8, matrix.f1(0));
    assertEquals(2 / 9.0, matrix.macroPrecision(), 1e-15);
    assertEquals(1 / 3.0, matrix.macroRecall(), 1e-15);
    assertEquals(0.8 / 3, matrix.macroF1(), 1e-15);
    assertEquals(1 / 3.0, matrix.microPrecision(), 1e-15);
    assertEquals(1 / 3.0, matrix.microRecall(), 1e-15);
    assertEquals(1 / 3.0, matrix.microF1(), 1e-15);
  }

  @Test
  void aClassThatNeverOccursIsNoPartOfTheMean() {
    ConfusionMatrix matrix = of(5, new int[] {0, 0, 3}, new int[] {0, 3, 3});
    assertEquals((1 + 0.5) / 2, matrix.macroPrecision());
    assertEquals((0.5 + 1) / 2, matrix.macroRecall());
    assertEquals(0, matrix.precision(1));
    // Never a target, but predicted once: a recall of 0/0 counts 0.
    matrix.add(1, 0, 1);
    assertEquals((1 / 3.0 + 0 + 1) / 3, matrix.macroRecall(), 1e-15);
    assertEquals((1 + 0 + 0.5) / 3, matrix.macroPrecision(), 1e-15);
  }

  @Test
  void takesScoresMasksAndWeights() {
    Tensor scores = Tensor.of(new double[][][] {{{0, 2}, {1, 1}}, {{3, -3}, {Double.NaN, 0}}});
    Tensor labels = Tensor.of(new double[][] {{1, 1}, {0, 9}});
    Tensor weights = Tensor.of(new double[][] {{2, 1}, {0.5, 0}});
    ConfusionMatrix matrix = ConfusionMatrix.of(2).add(scores, labels, weights);
    assertArrayEquals(new double[][] {{0.5, 0}, {1, 2}}, matrix.toTensor().toMatrix());
    assertEquals(3.5, matrix.weight());
  }

  @Test
  void nothingIsNaN() {
    ConfusionMatrix matrix = ConfusionMatrix.of(3);
    assertEquals(Double.NaN, matrix.accuracy());
    assertEquals(Double.NaN, matrix.macroF1());
    assertEquals(Double.NaN, matrix.microF1());
    assertEquals(0, matrix.f1(0));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    ConfusionMatrix matrix = ConfusionMatrix.of(3);
    Tensor scores = Tensor.of(new double[][] {{0, 2}});
    assertEquals(
        "the matrix is one of 3 classes, and the scores are [1, 2]",
        assertThrows(ShapeException.class, () -> matrix.add(scores, Tensor.of(1.0))).getMessage());
    assertEquals(
        "3 is no class from 0 to 2",
        assertThrows(IllegalArgumentException.class, () -> matrix.add(3, 0, 1)).getMessage());
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> matrix.add(1, 0, weight));
    }
    assertThrows(IllegalArgumentException.class, () -> matrix.merge(ConfusionMatrix.of(2)));
    assertThrows(IllegalArgumentException.class, () -> matrix.merge(LabelCounts.above(0.5, 3)));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelCounts.above(0.5, 3).merge(LabelCounts.above(0.4, 3)));
    assertEquals(
        "there must be at least 1 class, not 0",
        assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(0)).getMessage());
  }

  /** Two of three labels at the first position, one of two at the second. */
  @Test
  void labelsAreCountedEachByItself() {
    Tensor scores = Tensor.of(new double[][] {{0.9, 0.6, 0.5}, {0.1, 0.8, 0.7}});
    Tensor target = Tensor.of(new double[][] {{1, 1, 1}, {1, 0, 1}});
    LabelCounts counts = LabelCounts.above(0.5, 3);
    counts.add(scores, target);
    assertEquals(1, counts.precision(0));
    assertEquals(0.5, counts.recall(0));
    assertEquals(0.5, counts.precision(1));
    assertEquals(1, counts.precision(2));
    assertEquals(0.5, counts.recall(2));
    assertEquals(3 / 4.0, counts.microPrecision());
    assertEquals(3 / 5.0, counts.microRecall());
    assertEquals(2 * 3 / 9.0, counts.microF1());
    assertEquals(2.5 / 3, counts.macroPrecision(), 1e-15);
    assertEquals(2, counts.weight());
  }

  @Test
  void allCountsArePrinted() {
    assertEquals(
        "right classes in rows, predicted in columns:\n"
            + Tensor.of(new double[][] {{0, 1}, {0, 2}}),
        ConfusionMatrix.of(2).add(1, 0, 1).add(1, 1, 2).toString());
    assertEquals(
        "labels above 0.5: tp [0.0, 0.0], fp [0.0, 0.0], fn [0.0, 0.0]",
        LabelCounts.above(0.5, 2).toString());
  }
}
