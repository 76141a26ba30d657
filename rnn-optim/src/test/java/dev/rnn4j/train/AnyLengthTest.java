package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** The mean over time. */
  private record Averaged(Recurrent<?> rnn, Dense output) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return output.apply(rnn.apply(x).map(h -> h.mean(0)));
    }
  }

  /** A cell with a part of its state that passes through unchanged, and one that it learns. */
  private record Holding(Gate gate, Parameter context, boolean both)
      implements Cell<LstmCell.State> {
    @Override
    public LstmCell.State initialState(int batchSize) {
      Shape shape = Shape.of(batchSize, gate.hiddenSize());
      return new LstmCell.State(Node.zeros(shape), context.broadcastTo(shape));
    }

    @Override
    public Step<LstmCell.State> step(Node x, LstmCell.State state) {
      Node h = gate.apply(x, state.h()).tanh();
      Node output = both ? Node.concat(1, state.c(), h) : h.plus(state.c());
      return new Step<>(output, new LstmCell.State(h, state.c()));
    }
  }

  /** A cell that reads what it was some steps ago, and learns how it begins. */
  private record Dilated(Gate gate, Parameter begin, int lag) implements Cell<List<Node>> {
    @Override
    public List<Node> initialState(int batchSize) {
      Shape shape = Shape.of(batchSize, gate.hiddenSize());
      List<Node> state = new ArrayList<>(Collections.nCopies(lag - 1, Node.zeros(shape)));
      state.add(begin.broadcastTo(shape));
      return state;
    }

    @Override
    public Step<List<Node>> step(Node x, List<Node> state) {
      Node h = gate.apply(x, state.get(lag - 1)).tanh();
      List<Node> next = new ArrayList<>(List.of(h));
      next.addAll(state.subList(0, lag - 1));
      return new Step<>(h, next);
    }
  }

  /** Reads all outputs, the first, or the last of a cell. */
  private record Read<S>(Cell<S> cell, boolean backward, int what) implements Layer {
    @Override
    public Signal apply(Signal x) {
      Unrolled<S> all = backward ? Unroll.backward(cell, x) : Unroll.forward(cell, x);
      Node outputs = all.outputs().values();
      return switch (what) {
        case 0 -> all.last();
        case 1 -> x.with(outputs.tanh().sum(0).plus(outputs.step(0).tanh()));
        case 2 -> x.with(outputs.sum(0).times(all.last().values()));
        default -> x.with(outputs.step(0).plus(all.last().values()));
      };
    }
  }

  private static Layer sequences() {
    return Stacked.of(
        new Recurrent<>(LstmCell.of(I, 5, new Philox(1))), Dense.of(5, 2, new Philox(2)));
  }

  private static Layer forecast() {
    return Stacked.of(
        new Recurrent<>(LstmCell.of(I, 5, new Philox(1))).last(), Dense.of(5, 2, new Philox(2)));
  }

  private static TrainingStep step(Layer model) {
    return TrainingStep.of(model, Losses.meanSquaredError())
        .optimizer(Sgd.rate(0.1))
        .compile(Precision.FLOAT64);
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

  private static Tensor y(int steps, boolean targetsMove) {
    return targetsMove
        ? Fixtures.normal(new Philox(100 + steps), steps, N, 2)
        : Fixtures.normal(new Philox(100 + steps), N, 2);
  }

  /** Trains at some lengths, beside the interpreter: loss, prediction and gradients. */
  private static void assertIsComputed(Layer model, int batch, int... lengths) {
    TrainingStep step = step(model);
    for (int steps : lengths) {
      Tensor x = Fixtures.normal(new Philox(steps), steps, batch, I);
      int[] sizes = model.apply(Input.of("x", x.shape())).shape().toArray();
      Tensor y = Fixtures.normal(new Philox(100 + steps), sizes);
      Input input = Input.of("x", x.shape());
      Node prediction = model.apply(input);
      Node loss = Losses.meanSquaredError().of(prediction, Node.constant(y)).mean();
      Map<Node, Tensor> values = Map.of(input, x);
      double expected = loss.eval(values).item();
      assertEquals(expected, step.compute(Batch.of(x, y)), 1e-11 * expected, "loss at " + steps);
      assertClose(prediction.eval(values), step.prediction(), "prediction at " + steps);
      assertEquals(expected, step.evaluate(x, y), 1e-11 * expected, "evaluation at " + steps);
      Map<String, Parameter> parameters = Parameters.of(model);
      List<Node> gradients = Gradients.of(loss, parameters.values());
      int next = 0;
      for (String path : parameters.keySet()) {
        Tensor gradient = gradients.get(next++).eval(values);
        assertClose(gradient, step.gradient(path), path + " at " + steps);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8})
  void numbersThatFollowTheLengthAndTheBatchStayApart(int batch) {
    Recurrent<?> rnn = new Recurrent<>(GruCell.of(I, 7, new Philox(1)));
    assertIsComputed(new Averaged(rnn, Dense.of(7, 2, new Philox(2))), batch, 7, 1, 3, 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aStateThatPassesUnchangedIsComputedAtAnyLength(int what) {
    Gate gate = Gate.of(I, 3, new Philox(1));
    Parameter context = Parameter.of("context", Fixtures.normal(new Philox(4), 3));
    for (boolean backward : new boolean[] {false, true}) {
      for (boolean both : new boolean[] {false, true}) {
        Cell<?> cell = new Holding(gate, context, both);
        assertIsComputed(new Read<>(cell, backward, what), N, 7, 1, 2, 3, 4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6})
  void aStateOfManyStepsAgoIsComputedAtAnyLength(int lag) {
    Gate gate = Gate.of(I, 3, new Philox(1));
    Parameter begin = Parameter.of("begin", Fixtures.normal(new Philox(4), 3));
    for (int what = 0; what < 4; what++) {
      Layer model = new Read<>(new Dilated(gate, begin, lag), false, what);
      assertIsComputed(model, N, 7, 8, 9, 10, 11, 12, 13, 16, 20, 30);
    }
  }

  /** A model that has seen enough only after some steps. */
  private record Late(Dense output, Parameter before) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return x.steps() < 3
          ? x.with(before.broadcastTo(Shape.of(x.batchSize(), 2)))
          : output.apply(x.map(values -> values.step(x.steps() - 3)));
    }
  }

  @Test
  void anOutputThatDoesNotReadTheInputIsComputed() {
    Parameter before = Parameter.of(Fixtures.normal(new Philox(4), 2));
    assertIsComputed(new Late(Dense.of(I, 2, new Philox(2)), before), N, 5, 1, 2, 3);
    Layer constant = x -> x.with(before.broadcastTo(Shape.of(x.batchSize(), 2)));
    Predictor predictor = Predictor.of(constant, Weights.of(Precision.FLOAT64)).frozen(before);
    assertEquals(Shape.of(N, 2), predictor.predict(x(4)).shape());
  }

  @Test
  void sequencesAndForecastsAreComputedAtAnyLength() {
    assertIsComputed(sequences(), N, LENGTHS);
    assertIsComputed(forecast(), N, LENGTHS);
  }

  @Test
  void trainingOverSeveralLengthsLearns() {
    TrainingStep step = step(sequences());
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
    TrainingStep step = step(model);
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
    TrainingStep step = step(sequences());
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
  }
}
