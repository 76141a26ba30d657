package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Verify;
import dev.rnn4j.usage.Zoo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs consist of: no instruction for what only looks, and the same ones for any T. */
class ProgramTest {
  private static List<String> instructions(Node... outputs) {
    return Plan.of(outputs)
        .compile(Precision.FLOAT32)
        .explain()
        .lines()
        .filter(line -> line.contains(" = "))
        .map(String::strip)
        .toList();
  }

  @Test
  void viewsCostNoInstruction() {
    Input x = Input.of("x", 4, 3, 5);
    Node y =
        x.transpose()
            .slice(1, 1, 4)
            .step(2)
            .reshape(3, 3, 1)
            .broadcastTo(Shape.of(3, 3, 7))
            .stopGradient()
            .transpose(2, 0, 1);
    assertEquals(1, instructions(y).size(), "an output is kept when its input is set again");
    assertEquals(2, instructions(y.exp()).size(), "three strides are brought in order first");
    assertEquals(1, instructions(x.transpose().step(2).exp()).size(), "two are not");
    assertEquals(1, instructions(y.matmul(Input.of("w", 7, 3, 2))).size(), "strides do");
  }

  @Test
  void aSumOfOneIsThatOne() {
    Input x = Input.of("x", 3);
    assertEquals(1, instructions(Node.sum(List.of(x)).tanh()).size());
    assertEquals(1, instructions(Node.sum(List.of(Node.sum(List.of(x)).tanh()))).size());
  }

  @Test
  void whatNobodyReadsIsNotComputed() {
    Input x = Input.of("x", 3);
    Node unused = x.exp().log();
    assertEquals(1, instructions(x.tanh()).size(), unused::toString);
  }

  /** Products of all heads first would keep the weights of all positions of all heads. */
  @Test
  void headsOfAttentionShareMemory() {
    Input x = Input.of("x", 256, 8);
    assertEquals(neededBytes(x, 2), neededBytes(x, 16), 400_000);
  }

  private static long neededBytes(Node x, int heads) {
    List<Node> all = new ArrayList<>();
    for (int i = 0; i < heads; i++) {
      Node query = x.matmul(Parameter.of(Tensor.full(Shape.of(8, 4), 0.1 * i)));
      Node key = x.matmul(Parameter.of(Tensor.full(Shape.of(8, 4), 0.2 * i)));
      Node value = x.matmul(Parameter.of(Tensor.full(Shape.of(8, 4), 0.3 * i)));
      all.add(query.matmul(key.transpose()).softmax().matmul(value));
    }
    return Plan.of(Node.concat(1, all)).compile(Precision.FLOAT32).session().neededBytes();
  }

  /** Zeros beside it are not copied step by step. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theGradientOfSomeStepsTakesAFewCopies(int t) {
    List<Integer> sizes = new ArrayList<>();
    for (int steps : new int[] {7, 50}) {
      Input x = Input.of("x", steps, 2, 3);
      Node y = x.tanh();
      Node some = y.step(t).square().sum().plus(y.step(steps - 1).exp().sum());
      if (steps == 7) {
        Verify.of(some).all();
      }
      sizes.add(instructions(Gradients.of(some, List.of(x)).get(0)).size());
    }
    assertEquals(sizes.get(0), sizes.get(1));
  }

  @Test
  void gradientsThatAreNotThereAreNotComputed() {
    Input x = Input.of("x", 3);
    Parameter other = Parameter.of(dev.rnn4j.tensor.Tensor.of(1, 2));
    Node absent = Gradients.of(x.sum(), List.of(other)).get(0);
    assertEquals(List.of(), instructions(absent));
    assertEquals(List.of(), instructions(absent.times(Node.constant(3)).negate().reshape(2, 1)));
    Node same = x.plus(Gradients.of(other.sum(), List.of(x)).get(0));
    assertEquals(1, instructions(same.tanh()).size());
  }

  // ---------------------------------------------------------------- the same for any T

  /** Returns the instructions of a training plan, without sizes and ranges. */
  private static List<String> shapeless(Zoo model, int length) {
    Node loss = model.loss(length);
    List<Node> outputs = new ArrayList<>(List.of(loss));
    List<Node> parameters =
        Graphs.topological(List.of(loss)).stream().filter(Parameter.class::isInstance).toList();
    outputs.addAll(Gradients.of(loss, parameters));
    return Plan.of(outputs)
        .compile(Precision.FLOAT32)
        .explain()
        .lines()
        .filter(line -> line.matches(" .*"))
        .map(line -> line.replaceAll("\\[[^]]*\\]|[-+]?\\d+t?", "#").strip())
        .toList();
  }

  @Test
  void oneStepTakesTheInstructionsOfTheCell() {
    LstmCell cell = LstmCell.of(3, 5, new Philox(1));
    Input h = Input.of("h", 2, 5);
    LstmCell.State state = new LstmCell.State(h, Input.of("c", 2, 5));
    Step<LstmCell.State> step = cell.step(Input.of("x", 2, 3), state);
    Unrolled<LstmCell.State> unrolled =
        new Recurrent<>(cell).unroll(Signal.of(Input.of("x", 1, 2, 3)), state);
    List<String> expected = instructions(step.output(), step.state().h(), step.state().c());
    List<String> actual =
        instructions(unrolled.outputs().values(), unrolled.state().h(), unrolled.state().c());
    assertEquals(withoutLabels(expected), withoutLabels(actual));
    assertEquals(
        withoutLabels(expected),
        withoutLabels(instructions(unrolled.last().values(), unrolled.state().c())));
  }

  private static List<String> withoutLabels(List<String> instructions) {
    return instructions.stream().map(line -> line.replaceAll("  .*", "")).toList();
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void aProgramIsTheSameForAnyNumberOfSteps(Zoo model) {
    List<String> fifty = shapeless(model, 50);
    // With fewer steps than the longest lag, some of the lines have nothing to do.
    int shortest = model == Zoo.ATTENTION ? 5 : 2;
    for (int length : new int[] {shortest, 6, 7, 49}) {
      assertEquals(fifty, shapeless(model, length), "T = " + length);
    }
  }
}
