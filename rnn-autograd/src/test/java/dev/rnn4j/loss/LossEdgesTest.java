package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Verify;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses at the ends of what they take, and what they refuse. */
class LossEdgesTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static double value(Loss loss, Tensor prediction, Tensor target) {
    return loss.of(Node.constant(prediction), Node.constant(target)).mean().eval().item();
  }

  private static double[] slopes(Loss loss, Tensor prediction, Tensor target) {
    Input p = Input.of("p", prediction.shape());
    Node mean = loss.of(p, Node.constant(target)).mean();
    return Gradients.of(mean, List.of(p)).get(0).eval(Map.of(p, prediction)).toDoubles();
  }

  /** −ln of the density by 30 digits of mpmath. */
  @ParameterizedTest
  @CsvSource({
    "0.7, -0.4, 1.3, 2.5,  1.71972431251500335",
    "3,   0,    0.5, 0.3,  3.89675680313460001",
    "1,   0.9,  0.2, 40,  -0.55652375989569670",
    "0.3, 0.1,  2,   1e5,  1.61708826351461553"
  })
  void studentTWithDegreesOfFreedomOfItsOwn(
      double y, double location, double scale, double nu, double expected) {
    Tensor target = Tensor.of(y);
    Tensor three = Tensor.of(new double[][] {{location, scale, nu}});
    Tensor two = Tensor.of(new double[][] {{location, scale}});
    assertEquals(expected, value(Losses.studentT(), three, target), 1e-11);
    assertEquals(expected, value(Losses.studentT(nu), two, target), 1e-11);
    Input p = Input.of("p", 1, 3);
    Node loss = Losses.studentT().of(p, Node.constant(target)).mean();
    Tensor single = Agreement.run(Precision.FLOAT32, List.of(loss), Map.of(p, three)).get(0);
    // In float32, ln(1 + z²/ν) is known to 2⁻²⁴, and multiplied by ν/2.
    assertEquals(expected, single.item(), 1e-6 + nu * 0x1p-24);
    if (nu < 100) {
      Verify.of(loss).at(p, three).all();
    }
  }

  @Test
  void aVarianceBelowTheLeastOneIsTakenForItAndCanGrowAgain() {
    Tensor prediction = Tensor.of(new double[][] {{1, 1e-9}, {1, -3}, {1, 0.5}});
    Tensor target = Tensor.of(2, 1, 1);
    double half = 0.5 * Math.log(2 * Math.PI);
    double first = (Math.log(1e-2) + 1 / 1e-2) / 2;
    double second = Math.log(1e-2) / 2;
    double third = Math.log(0.5) / 2;
    assertEquals(
        (first + second + third) / 3 + half,
        value(Losses.gaussian(1e-2), prediction, target),
        1e-12);
    double[] slopes = slopes(Losses.gaussian(1e-2), prediction, target);
    assertEquals((1 / 1e-2 - 1 / 1e-4) / 2 / 3, slopes[1], 1e-9);
    assertEquals(1 / 1e-2 / 2 / 3, slopes[3], 1e-11);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void binaryCrossEntropyOfLargeLogitsIsLinear(Precision precision) {
    Input x = Input.of("x", 4);
    Tensor logits = Tensor.of(1e4, 1e4, -1e4, -1e4);
    Node loss = Losses.binaryCrossEntropy().of(x, Node.constant(Tensor.of(1, 0, 1, 0))).mean();
    Node weighted = Losses.binaryCrossEntropy(3).of(x, Node.constant(Tensor.of(1, 0, 1, 0))).mean();
    Node slope = Gradients.of(loss, List.of(x)).get(0);
    List<Tensor> values =
        Agreement.run(precision, List.of(loss, weighted, slope), Map.of(x, logits));
    assertEquals(2e4 / 4, values.get(0).item());
    assertEquals(4e4 / 4, values.get(1).item());
    assertArrayEquals(new double[] {0, 0.25, -0.25, 0}, values.get(2).toDoubles(), 1e-30);
  }

  @Test
  void aClassRuledOutCostsNothingWhereItsProbabilityIsNothing() {
    Tensor logits = Tensor.of(new double[][] {{0, -INFINITE, 0}});
    Tensor never = Tensor.of(new double[][] {{0.25, 0, 0.75}});
    Tensor maybe = Tensor.of(new double[][] {{0.5, 0.25, 0.25}});
    Loss entropy = Losses.softmaxCrossEntropy();
    assertEquals(Math.log(2), value(entropy, logits, never), 1e-15);
    assertEquals(INFINITE, value(entropy, logits, maybe));
    assertArrayEquals(new double[] {0.25, 0, -0.25}, slopes(entropy, logits, never), 1e-15);
    Loss divergence = Losses.klDivergence();
    double expected = 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5);
    assertEquals(expected, value(divergence, logits, never), 1e-15);
    assertEquals(INFINITE, value(divergence, logits, maybe));
    assertArrayEquals(new double[] {0.25, 0, -0.25}, slopes(divergence, logits, never), 1e-15);
  }

  @Test
  void hugeLogitsKeepTheirDifferences() {
    Tensor logits = Tensor.of(new double[][] {{1e8, 1e8}});
    Input z = Input.of("z", 1, 2);
    for (Loss loss :
        List.of(
            Losses.softmaxCrossEntropyOfIndices(),
            Losses.softmaxCrossEntropyOfIndices().labelSmoothing(0.5))) {
      Node mean = loss.of(z, Node.constant(Tensor.of(1.0))).mean();
      double cost =
          Agreement.run(Precision.FLOAT32, List.of(mean), Map.of(z, logits)).get(0).item();
      assertEquals(Math.log(2), cost, 1e-6);
    }
  }

  @Test
  void farFromTheTargetRobustLossesAreLinear() {
    Tensor y = Tensor.of(0.0);
    assertEquals(1e30 * 0.5 - 0.125, value(Losses.huber(0.5), Tensor.of(1e30), y), 1e15);
    assertEquals(INFINITE, value(Losses.huber(0.5), Tensor.of(INFINITE), y));
    assertArrayEquals(new double[] {-0.5}, slopes(Losses.huber(0.5), Tensor.of(-1e30), y));
    assertArrayEquals(new double[] {1}, slopes(Losses.smoothL1(0.5), Tensor.of(1e30), y));
    assertArrayEquals(new double[] {0}, slopes(Losses.meanAbsoluteError(), y, y));
    assertTrue(Double.isNaN(value(Losses.huber(1), Tensor.of(Double.NaN), y)));
  }

  @Test
  void noLossHidesANaN() {
    Tensor target = Tensor.of(Shape.of(2, 1), 1, 2);
    Tensor nan = Tensor.of(Shape.of(2, 1), Double.NaN, 0.5);
    for (Loss loss :
        List.of(
            Losses.meanSquaredError(),
            Losses.halfSumOfSquares(),
            Losses.meanAbsoluteError(),
            Losses.huber(1),
            Losses.smoothL1(1),
            Losses.quantiles(0.3),
            Losses.poisson())) {
      assertTrue(Double.isNaN(value(loss, nan, target)), loss.toString());
      double[] slopes = slopes(loss, nan, target);
      assertTrue(Double.isNaN(slopes[0]), loss.toString());
      assertTrue(Double.isFinite(slopes[1]), loss.toString());
    }
  }

  @Test
  void lossesOfInfinitePredictionsAreWhatTheirFormulasSay() {
    Tensor y = Tensor.of(Shape.of(1, 1), 2);
    Tensor far = Tensor.of(Shape.of(1, 1), INFINITE);
    Tensor low = Tensor.of(Shape.of(1, 1), -INFINITE);
    assertEquals(INFINITE, value(Losses.meanSquaredError(), far, y));
    assertEquals(INFINITE, value(Losses.quantiles(0.3), far, y));
    assertEquals(INFINITE, value(Losses.quantiles(0.3), low, y));
    assertEquals(INFINITE, value(Losses.poisson(), low, y)); // e^−∞ + 2·∞
    assertArrayEquals(new double[] {-2}, slopes(Losses.poisson(), low, y)); // e^−∞ − 2
  }

  @Test
  void ignoredPositionsLeaveSumAndWeight() {
    Tensor logits = Tensor.of(new double[][] {{Double.NaN, 0}, {0, 0}, {2, 2}});
    Loss loss = Losses.softmaxCrossEntropyOfIndices().ignoring(-1);
    assertEquals(Math.log(2), value(loss, logits, Tensor.of(-1, 0, 1)), 1e-15);
    assertEquals(0, slopes(loss, logits, Tensor.of(-1, 0, 1))[0]);
    assertEquals(0, value(loss, logits, Tensor.of(-1, -1, -1)));
    LossSum weighted =
        loss.of(
            dev.rnn4j.pass.Signal.of(Node.constant(logits)),
            Target.of(Node.constant(Tensor.of(-1, 0, 1)))
                .weighted(Node.constant(Tensor.of(5, 3, 1))));
    assertEquals(4, weighted.weight().eval().item());
    assertEquals(4 * Math.log(2), weighted.sum().eval().item(), 1e-14);
  }

  @Test
  void whatDoesNotFitIsSaid() {
    Input p = Input.of("p", 4, 3);
    Input y = Input.of("y", 4, 3);
    assertShape(
        "the prediction p [4, 3] must hold 2 quantiles for each number of the target y [4, 3], as"
            + " [4, 3, 2]",
        () -> Losses.quantiles(0.1, 0.9).of(p, y));
    assertShape(
        "the prediction p [4, 3] must hold a mean and a variance for each number of the target y"
            + " [4, 3]: [..., 2·O] for [..., O], or [..., 2] for [...]",
        () -> Losses.gaussian().of(p, y));
    assertShape(
        "there are 2 class weights, and the prediction p [4, 3] has 3 classes",
        () -> Losses.softmaxCrossEntropyOfIndices().classWeights(1, 2).of(p, Input.of("i", 4)));
    assertShape(
        "there are 2 weights of positives for the prediction p [4, 3]",
        () -> Losses.binaryCrossEntropy(1, 2).of(p, y));
    assertThrows(IllegalStateException.class, () -> Losses.softmaxCrossEntropy().ignoring(0));
    List<Executable> settings =
        Arrays.asList(
            () -> Losses.huber(0),
            () -> Losses.smoothL1(0),
            () -> Losses.quantiles(),
            () -> Losses.quantiles(1),
            () -> Losses.gaussian(-1),
            () -> Losses.studentT(0),
            () -> Losses.binaryCrossEntropy(-1),
            () -> Losses.softmaxCrossEntropy().labelSmoothing(2),
            () -> Losses.softmaxCrossEntropy().classWeights(Double.NaN));
    settings.forEach(setting -> assertThrows(IllegalArgumentException.class, setting));
  }

  private static void assertShape(String message, Executable loss) {
    assertEquals(message, assertThrows(dev.rnn4j.tensor.ShapeException.class, loss).getMessage());
  }
}
