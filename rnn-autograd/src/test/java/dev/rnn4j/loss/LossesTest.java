package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Extremes.Executor;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  static Stream<Shape> shapesOfClasses() {
    return shapes().filter(shape -> shape.size(-1) > 1);
  }

  @ParameterizedTest
  @MethodSource("shapesOfClasses")
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
    Verify.of(byHot).at(hot, Node.constant(z).softmax().eval()).all();
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

  @ParameterizedTest
  @EnumSource(Executor.class)
  void equalLogitsCostTheLogarithmOfTheirNumberHoweverLargeTheyAre(Executor executor) {
    Input logits = Input.of("logits", 3, 2);
    Input hot = Input.of("hot", 3, 2);
    Input classes = Input.of("classes", 3);
    Node byHot = Losses.softmaxCrossEntropy().of(logits, hot).mean();
    Node byIndex = Losses.softmaxCrossEntropyOfIndices().of(logits, classes).mean();
    List<Node> nodes = new ArrayList<>(List.of(byHot, byIndex));
    nodes.addAll(Gradients.of(byHot, List.of(logits)));
    nodes.addAll(Gradients.of(byIndex, List.of(logits)));
    for (double z : new double[] {0, 1e8, -1e8, 1e30, -1e30}) {
      double[] equal = new double[6];
      Arrays.fill(equal, z);
      List<Tensor> actual =
          executor.run(
              nodes,
              Map.of(
                  logits, Tensor.of(logits.shape(), equal),
                  hot, Tensor.of(hot.shape(), 1.0, 0, 0, 1, 1, 0),
                  classes, Tensor.of(0, 1, 0)));
      String what = executor + ", logits of " + z;
      assertEquals(Math.log(2), actual.get(0).item(), 1e-7, what);
      assertEquals(Math.log(2), actual.get(1).item(), 1e-7, what);
      double sixth = 1.0 / 6;
      double[] slopes = {-sixth, sixth, sixth, -sixth, -sixth, sixth};
      assertArrayEquals(slopes, actual.get(2).toDoubles(), 1e-7, what);
      assertArrayEquals(slopes, actual.get(3).toDoubles(), 1e-7, what);
    }
  }

  /** Logits of one sequence, its class, the cross-entropy. */
  private static final double[][] EDGES = {
    {0, Double.NEGATIVE_INFINITY, 0, 0},
    {0, Double.NEGATIVE_INFINITY, 1, Double.POSITIVE_INFINITY},
    {Double.POSITIVE_INFINITY, 0, 0, Double.NaN},
    {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, Double.NaN},
    {Double.NaN, 0, 1, Double.NaN},
    {1e30, -1e30, 0, 0},
    {1e30, -1e30, 1, 2e30},
    {-0.0, 0, 1, Math.log(2)}
  };

  @ParameterizedTest
  @EnumSource(Executor.class)
  void crossEntropyOfLogitsAtTheEdges(Executor executor) {
    Input logits = Input.of("logits", 1, 2);
    Input classes = Input.of("classes", 1);
    Node loss = Losses.softmaxCrossEntropyOfIndices().of(logits, classes).mean();
    for (double[] edge : EDGES) {
      Map<Input, Tensor> values =
          Map.of(logits, Tensor.of(logits.shape(), edge[0], edge[1]), classes, Tensor.of(edge[2]));
      double actual = executor.run(List.of(loss), values).get(0).item();
      double tolerance = Double.isFinite(edge[3]) ? 1e-6 * Math.max(1, edge[3]) : 0;
      assertEquals(edge[3], actual, tolerance, executor + ", " + Arrays.toString(edge));
    }
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void squaredErrorsAtTheEdges(Executor executor) {
    Input y = Input.of("y", 2);
    Input target = Input.of("target", 2);
    Node loss = Losses.meanSquaredError().of(y, target).mean();
    double infinite = Double.POSITIVE_INFINITY;
    double[][] edges = {
      {Double.NaN, 0, Double.NaN}, {infinite, 0, infinite}, {infinite, infinite, Double.NaN}
    };
    for (double[] edge : edges) {
      Map<Input, Tensor> values = Map.of(y, Tensor.of(1, edge[0]), target, Tensor.of(1, edge[1]));
      assertEquals(edge[2], executor.run(List.of(loss), values).get(0).item());
    }
  }

  // ---------------------------------------------------------------- labels that are none

  private static void assertRefused(
      String message, Executor executor, Node loss, Map<Input, Tensor> values) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> executor.run(List.of(loss), values))
            .getMessage(),
        executor.toString());
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void labelsThatAreNoClassAreRefusedWithTheirPlace(Executor executor) {
    Input logits = Input.of("logits", 4, 2, 3);
    Input classes = Input.of("classes", 4, 2);
    Node loss = Losses.softmaxCrossEntropyOfIndices().of(logits, classes).mean();
    Tensor z = Tensor.zeros(logits.shape());
    for (double bad : new double[] {3, 7, -1, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] labels = {0, 1, 2, 0, 1, bad, 2, -5};
      assertRefused(
          "the target classes at time step 2, sequence 1 is "
              + bad
              + ", and classes are whole numbers from 0 to 2",
          executor,
          loss,
          Map.of(logits, z, classes, Tensor.of(classes.shape(), labels)));
    }
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void aLabelIsRefusedAtTheTimeStepOfItsLoss(Executor executor) {
    Input logits = Input.of("logits", 4, 2, 3);
    Input classes = Input.of("classes", 4, 2);
    List<Node> losses = new ArrayList<>();
    Trace trace = Trace.ofLoop();
    for (int t = 0; t < 4; t++) {
      int step = t;
      losses.add(
          trace.at(
              t,
              () ->
                  Losses.softmaxCrossEntropyOfIndices()
                      .of(logits.step(step), classes.step(step))
                      .mean()));
    }
    assertRefused(
        "the target classes at time step 2, sequence 1 is 9.0, and classes are whole numbers from 0"
            + " to 2",
        executor,
        Node.sum(losses),
        Map.of(
            logits,
            Tensor.zeros(logits.shape()),
            classes,
            Tensor.of(classes.shape(), 0.0, 1, 2, 0, 1, 9, 2, 0)));
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void whatIsMaskedMayBeAnything(Executor executor) {
    Input logits = Input.of("logits", 3, 2, 2);
    Input hot = Input.of("hot", 3, 2, 2);
    Input classes = Input.of("classes", 3, 2);
    Input mask = Input.of("mask", 3, 2);
    Signal prediction = Signal.of(logits).masked(mask);
    Node byHot = Losses.softmaxCrossEntropy().of(prediction, Target.of(hot)).mean();
    Node byIndex = Losses.softmaxCrossEntropyOfIndices().of(prediction, Target.of(classes)).mean();
    double[] p = {1, 0, 0, 1, 0, 1, 0, 0, 1, 0, Double.NaN, 7};
    double[] labels = {0, 1, 1, -1, 0, 99};
    Map<Input, Tensor> values =
        Map.of(
            logits, Tensor.zeros(logits.shape()),
            hot, Tensor.of(hot.shape(), p),
            classes, Tensor.of(classes.shape(), labels),
            mask, Tensor.of(mask.shape(), 1.0, 1, 1, 0, 1, 0));
    for (Tensor loss : executor.run(List.of(byHot, byIndex), values)) {
      assertEquals(Math.log(2), loss.item(), 1e-6);
    }
    labels[4] = 2;
    Map<Input, Tensor> wrong = new HashMap<>(values);
    wrong.put(classes, Tensor.of(classes.shape(), labels));
    wrong.remove(hot);
    assertRefused(
        "the target classes at time step 2, sequence 0 is 2.0, and classes are whole numbers from 0"
            + " to 1",
        executor,
        byIndex,
        wrong);
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void rowsThatAreNoProbabilitiesAreRefusedWithTheirPlace(Executor executor) {
    Input logits = Input.of("logits", 3, 2, 2);
    Input hot = Input.of("hot", 3, 2, 2);
    Node loss = Losses.softmaxCrossEntropy().of(logits, hot).mean();
    Tensor z = Tensor.zeros(logits.shape());
    double[][] rows = {{1, 1}, {0, 0}, {0.25, 0.25}, {Double.NaN, 0}, {1.5, -0.5}};
    String cure =
        ", and probabilities to 1: labels of which several may hold are for binaryCrossEntropy()";
    String[] complaints = {
      "adds up to 2.0" + cure,
      "adds up to 0.0" + cure,
      "adds up to 0.5" + cure,
      "adds up to NaN" + cure,
      "has negative numbers, -0.5 in all, and probabilities have none"
    };
    for (int i = 0; i < rows.length; i++) {
      double[] p = {1, 0, 0, 1, 0.5, 0.5, rows[i][0], rows[i][1], 1, 0, 5, 5};
      assertRefused(
          "the target hot at time step 1, sequence 1 " + complaints[i],
          executor,
          loss,
          Map.of(logits, z, hot, Tensor.of(hot.shape(), p)));
    }
    double third = 1.0 / 3;
    double[] soft = {1, 0, 0.9, 0.1, third, 1 - third, 0.5, 0.5, 1, 0, 0, 1};
    double mean =
        executor
            .run(List.of(loss), Map.of(logits, z, hot, Tensor.of(hot.shape(), soft)))
            .get(0)
            .item();
    assertEquals(Math.log(2), mean, 1e-6);
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
        "the indices classes [3] must have the shape of the prediction y [2, 3] without its last axis",
        assertThrows(
                ShapeException.class,
                () -> Losses.softmaxCrossEntropyOfIndices().of(y, classes).mean())
            .getMessage());
  }
}
