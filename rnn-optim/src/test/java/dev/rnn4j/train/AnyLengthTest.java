package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.LastStep;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnyLengthTest {
  private static final int N = 2;
  private static final int I = 3;
  private static final int[] LENGTHS = {1, 2, 9, 1, 40, 3, 2, 9};

  /** A model that reads sequences of five steps only. */
  private record FiveSteps(Dense output) implements Layer {
    @Override
    public Signal apply(Signal x) {
      int batch = x.batchSize();
      return output.apply(x.map(node -> node.transpose(1, 0, 2).reshape(batch, 5 * I)));
    }
  }

  private static Layer sequences() {
    return Stacked.of(
        new Recurrent<>(LstmCell.of(I, 5, new Philox(1))), Dense.of(5, 2, new Philox(2)));
  }

  private static Layer forecast() {
    return Stacked.of(
        new LastStep<>(LstmCell.of(I, 5, new Philox(1))), Dense.of(5, 2, new Philox(2)));
  }

  private static ModelStep step(Layer model, Shape x, Shape y) {
    return TrainingStep.of(model, Losses.meanSquaredError())
        .optimizer(Sgd.rate(0.1))
        .compile(Precision.FLOAT64, x, y);
  }

  private static Tensor x(int steps) {
    return Fixtures.normal(new Philox(steps), steps, N, I);
  }

  private static void assertClose(Tensor expected, Tensor actual, String what) {
    assertEquals(expected.shape(), actual.shape(), what);
    for (int i = 0; i < expected.shape().elements(); i++) {
      double e = expected.at(i);
      assertEquals(e, actual.at(i), 1e-12 * Math.max(1, Math.abs(e)), what);
    }
  }

  /** Trains over several lengths, beside a step that is compiled for each length alone. */
  private static void assertTrainsLikeItsOwnPlans(Layer model, boolean targetsMove) {
    ModelStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.01).momentum(0.9))
            .compile(Precision.FLOAT64, x(7).shape(), y(7, targetsMove).shape());
    Weights weights = Weights.of(Precision.FLOAT64);
    for (int steps : LENGTHS) {
      Tensor x = x(steps);
      Tensor y = y(steps, targetsMove);
      Input xInput = Input.of("x", x.shape());
      Input yInput = Input.of("y", y.shape());
      Node prediction = model.apply(xInput);
      Node loss = Losses.meanSquaredError().of(prediction, yInput).mean();
      step.weights().values(model).forEach((path, value) -> set(weights, model, path, value));
      TrainingStep direct =
          TrainingStep.minimize(loss, model)
              .optimizer(Sgd.rate(0.1))
              .weights(weights)
              .output(prediction)
              .compile(Precision.FLOAT64);
      direct.session().set(xInput, x).set(yInput, y);
      double expected = direct.compute();
      assertEquals(expected, step.evaluate(x, y), 1e-12 * expected, "evaluation at " + steps);
      assertClose(direct.session().get(prediction), step.prediction(), "prediction at " + steps);
      assertClose(
          direct.session().get(prediction), step.predictor().predict(x), "predictor at " + steps);
      assertEquals(expected, step.run(x, y), 1e-12 * expected, "loss at " + steps);
      for (String path : step.weights().values(model).keySet()) {
        assertClose(direct.gradient(path), step.gradient(path), path + " at " + steps);
      }
    }
    assertEquals(LENGTHS.length, step.updates());
  }

  private static void set(Weights weights, Layer model, String path, Tensor value) {
    weights.set(Parameters.of(model).get(path), value);
  }

  private static Tensor y(int steps, boolean targetsMove) {
    return targetsMove
        ? Fixtures.normal(new Philox(100 + steps), steps, N, 2)
        : Fixtures.normal(new Philox(100 + steps), N, 2);
  }

  @Test
  void sequencesTrainLikePlansOfTheirOwnLength() {
    assertTrainsLikeItsOwnPlans(sequences(), true);
  }

  @Test
  void forecastsTrainLikePlansOfTheirOwnLength() {
    assertTrainsLikeItsOwnPlans(forecast(), false);
  }

  @Test
  void trainingOverSeveralLengthsLearns() {
    ModelStep step = step(sequences(), x(4).shape(), y(4, true).shape());
    double first = 0;
    double last = 0;
    for (int epoch = 0; epoch < 60; epoch++) {
      last = 0;
      for (int steps : new int[] {1, 4, 13}) {
        last += step.run(x(steps), y(steps, true));
      }
      first = epoch == 0 ? last : first;
    }
    assertTrue(last < 0.9 * first, last + " after " + first);
  }

  @Test
  void aModelOfOneLengthTakesThatLength() {
    Layer model = new FiveSteps(Dense.of(5 * I, 2, new Philox(2)));
    ModelStep step = step(model, x(5).shape(), Shape.of(N, 2));
    double loss = step.run(x(5), y(5, false));
    assertTrue(step.run(x(5), y(5, false)) < loss);
    String message =
        assertThrows(IllegalArgumentException.class, () -> step.run(x(6), y(6, false)))
            .getMessage();
    assertTrue(message.contains("36 elements") && message.contains("[2, 15]"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 2 4 | 5 2 2 | step [2, 4]",
        "5 2   | 5 2 2 | [5, 2]",
        "0 2 3 | 0 2 2 | T = 0",
        "5 0 3 | 5 0 2 | N = 0",
        "5 2 3 | 4 2 2 | [4, 2, 2]",
        "5 2 3 | 5 6 2 | [5, 6, 2]",
        "5 2 3 | 5 2 9 | [5, 2, 9]",
      })
  void errorsNameTheShapesThatWereGiven(String x, String y, String named) {
    ModelStep step = step(sequences(), x(6).shape(), y(6, true).shape());
    Tensor xs = Tensor.zeros(shape(x));
    Tensor ys = Tensor.zeros(shape(y));
    for (int again = 0; again < 2; again++) {
      assertNames(named, () -> step.run(xs, ys));
      assertNames(named, () -> step.evaluate(xs, ys));
    }
    assertEquals(0, step.updates());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"5 2 4 | step [2, 4]", "5 2 | [5, 2]", "0 2 3 | T = 0", "5 0 3 | N = 0"})
  void aPredictorNamesTheShapeThatWasGiven(String x, String named) {
    Predictor predictor = Predictor.of(sequences(), Weights.of(Precision.FLOAT32));
    assertNames(named, () -> predictor.predict(Tensor.zeros(shape(x))));
  }

  private static Shape shape(String sizes) {
    return Shape.of(Arrays.stream(sizes.trim().split(" ")).mapToInt(Integer::parseInt).toArray());
  }

  private static void assertNames(String named, Executable executable) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    assertTrue(message.contains(named), message);
    for (int sample : new int[] {7, 8, 10}) {
      assertTrue(!message.contains("[" + sample + ", "), message);
    }
  }
}
