package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Verify;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses: values by hand, gradients, and the two ways to name a class. */
class LossesTest {
  private final Draw draw = new Draw(new Random(41));

  static Stream<Shape> shapes() {
    return Stream.of(Shape.of(3), Shape.of(1, 1), Shape.of(2, 3), Shape.of(5, 2, 3));
  }

  private Map<Node, Tensor> drawn(Input... inputs) {
    return java.util.stream.Stream.of(inputs)
        .collect(java.util.stream.Collectors.toMap(x -> x, x -> draw.uniform(x.shape(), -2, 2)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void squares(Shape shape) {
    Input y = Input.of("y", shape);
    Input target = Input.of("target", shape);
    Map<Node, Tensor> values = drawn(y, target);
    double sum = 0;
    for (int i = 0; i < shape.elements(); i++) {
      sum += Math.pow(values.get(y).at(i) - values.get(target).at(i), 2);
    }
    Node mean = Losses.meanSquaredError().of(y, target).mean();
    Node half = Losses.halfSumOfSquares().of(y, target).mean();
    assertEquals(Shape.scalar(), mean.shape());
    assertEquals(Shape.scalar(), half.shape());
    assertEquals(sum / shape.elements(), mean.eval(values).item(), 1e-13);
    assertEquals(sum / 2, half.eval(values).item(), 1e-13);
    Verify.of(mean).all();
    Verify.of(half).all();
    Tensor difference = y.minus(target).eval(values);
    Tensor gradient = Gradients.of(half, List.of(y)).get(0).eval(values);
    Agreement.assertClose(difference, gradient, 1e-14, "prediction − target");
  }

  /** Returns the mean of −ln softmax(z)[class] over all rows. */
  private static double crossEntropy(Tensor logits, Tensor classes) {
    int width = logits.shape().size(-1);
    int rows = classes.shape().elements();
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double powers = 0;
      for (int j = 0; j < width; j++) {
        powers += Math.exp(logits.at(row * width + j));
      }
      sum -= Math.log(Math.exp(logits.at(row * width + (int) classes.at(row))) / powers);
    }
    return sum / rows;
  }

  private static Tensor oneHot(Tensor classes, int width) {
    double[] hot = new double[classes.shape().elements() * width];
    for (int row = 0; row < classes.shape().elements(); row++) {
      hot[row * width + (int) classes.at(row)] = 1;
    }
    return Tensor.of(classes.shape().insert(classes.shape().rank(), width), hot);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void crossEntropies(Shape shape) {
    Input logits = Input.of("logits", shape);
    Input classes = Input.of("classes", shape.without(-1));
    Input hot = Input.of("hot", shape);
    Tensor z = draw.uniform(shape, -2, 2);
    Tensor indices = draw.whole(classes.shape(), 0, shape.size(-1));
    Map<Node, Tensor> values =
        Map.of(logits, z, classes, indices, hot, oneHot(indices, shape.size(-1)));

    Node byIndex = Losses.softmaxCrossEntropyOfIndices().of(logits, classes).mean();
    Node byHot = Losses.softmaxCrossEntropy().of(logits, hot).mean();
    double expected = crossEntropy(z, indices);
    assertEquals(expected, byIndex.eval(values).item(), 1e-13);
    assertEquals(expected, byHot.eval(values).item(), 1e-13);

    Verify.of(byIndex).at(classes, indices).all();
    Verify.of(byHot).all();
    Node ofIndex = Gradients.of(byIndex, List.of(logits)).get(0);
    Node ofHot = Gradients.of(byHot, List.of(logits)).get(0);
    Tensor first = ofIndex.eval(values);
    Agreement.assertClose(ofHot.eval(values), first, 1e-14, "gradients");
    // (softmax − one-hot) / rows
    Tensor closed =
        Node.constant(z)
            .softmax()
            .minus(Node.constant(values.get(hot)))
            .times(1.0 / indices.shape().elements())
            .eval();
    Agreement.assertClose(closed, first, 1e-14, "(softmax − one-hot) / rows");
    Agreement.check(List.of(byIndex, byHot, ofIndex, ofHot), values);
  }

  @Test
  void aUniformGuessCostsTheLogarithmOfTheNumberOfClasses() {
    Node loss =
        Losses.softmaxCrossEntropyOfIndices()
            .of(Node.zeros(4, 7), Node.constant(Tensor.of(0, 6, 3, 3)))
            .mean();
    assertEquals(Math.log(7), loss.eval().item(), 1e-15);
  }

  @Test
  void largeLogitsDoNotOverflow() {
    Input logits = Input.of("logits", 2, 3);
    Map<Node, Tensor> values =
        Map.of(logits, Tensor.of(new double[][] {{1000, -1000, 0}, {-5000, -5000, -5001}}));
    Node classes = Node.constant(Tensor.of(1, 0));
    Node loss = Losses.softmaxCrossEntropyOfIndices().of(logits, classes).mean();
    Node gradient = Gradients.of(loss, List.of(logits)).get(0);
    double second = Math.log(2 + Math.exp(-1));
    assertEquals((2000 + second) / 2, loss.eval(values).item(), 1e-9);
    Agreement.check(List.of(loss, gradient), values);
    assertTrue(Arrays.stream(gradient.eval(values).toDoubles()).allMatch(Double::isFinite));
  }

  @Test
  void aClassRuledOutCostsNothingWhereItIsNotTheRightOne() {
    Input logits = Input.of("logits", 1, 3);
    Map<Node, Tensor> values =
        Map.of(logits, Tensor.of(new double[][] {{0, Double.NEGATIVE_INFINITY, 0}}));
    Node loss =
        Losses.softmaxCrossEntropyOfIndices().of(logits, Node.constant(Tensor.of(2))).mean();
    Node gradient = Gradients.of(loss, List.of(logits)).get(0);
    Agreement.check(List.of(loss, gradient), values);
    assertEquals(Math.log(2), loss.eval(values).item(), 1e-15);
    Agreement.assertClose(
        Tensor.of(new double[][] {{0.5, 0, -0.5}}), gradient.eval(values), 1e-15, "gradient");
  }

  @Test
  void predictionAndTargetHaveOneShape() {
    Input y = Input.of("y", 2, 3);
    Input row = Input.of("row", 3);
    Input classes = Input.of("classes", 3);
    for (Loss loss :
        List.of(
            Losses.meanSquaredError(), Losses.halfSumOfSquares(), Losses.softmaxCrossEntropy())) {
      assertEquals(
          "the prediction y [2, 3] and the target row [3] must have one shape",
          assertThrows(ShapeException.class, () -> loss.of(y, row)).getMessage());
    }
    assertEquals(
        "the indices classes [3] must have the shape of y [2, 3] without its last axis",
        assertThrows(
                ShapeException.class,
                () -> Losses.softmaxCrossEntropyOfIndices().of(y, classes).mean())
            .getMessage());
  }
}
