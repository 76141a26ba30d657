package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an op of a user's can say of itself. */
class OwnOpTest {
  /** a + 2b, which is linear, and takes any axes. */
  private static final class Mix extends Op {
    static final Mix OP = new Mix();

    @Override
    public String name() {
      return "mix";
    }

    @Override
    public Shape shape(List<Node> operands) {
      return operands.get(0).shape();
    }

    @Override
    public boolean batches(Node node, IntPredicate moves) {
      return true;
    }

    @Override
    public boolean vanishes(boolean[] absent) {
      return all(absent);
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      for (int i = 0; i < node.shape().elements(); i++) {
        y[i] = x[0][i] + 2 * x[1][i];
      }
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return gradients(dy, dy.times(2));
    }
  }

  /** Its operand, said to take the steps of a loop in front, which its shape does not. */
  private static final class Wrong extends Op {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    protected Object attributes() {
      return "";
    }

    @Override
    public Shape shape(List<Node> operands) {
      return Shape.of(2, 3);
    }

    @Override
    public boolean batches(Node node, IntPredicate moves) {
      return true;
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      System.arraycopy(x[0], 0, y, 0, y.length);
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return gradients(dy);
    }
  }

  /** Lets an op of inputs come before an Elman cell. */
  private record Before(ElmanCell cell, UnaryOperator<Node> op) implements Cell<ElmanCell.State> {
    @Override
    public ElmanCell.State initialState(int batchSize) {
      return cell.initialState(batchSize);
    }

    @Override
    public Step<ElmanCell.State> step(Node x, ElmanCell.State state) {
      return cell.step(op.apply(x), state);
    }
  }

  /** h′ = x + h/2. */
  private record Mixing() implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 3);
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      return new Step<>(h, Node.apply(Mix.OP, x, h.times(0.25)));
    }
  }

  private final Draw draw = new Draw(new Random(5));
  private final ElmanCell cell = ElmanCell.of(3, 4, new Philox(1));
  private final Input x = Input.of("x", 5, 2, 3);

  private Node unrolled(UnaryOperator<Node> op) {
    return Unroll.forward(new Before(cell, op), Signal.of(x)).outputs().values();
  }

  private static long calls(List<Node> outputs, String shape, String op) {
    String call = " +\\d+ +a\\d+\\Q" + shape + "\\E = call " + op + ".*";
    String program = Plan.of(outputs).compile(Precision.FLOAT64).explain();
    return program.lines().filter(line -> line.matches(call)).count();
  }

  private void checkWithGradients(Node y) {
    List<Node> leaves = new ArrayList<>(Parameters.of(cell).values());
    leaves.add(x);
    List<Node> gradients = Gradients.of(y.square().sum(), leaves);
    List<Node> outputs = new ArrayList<>(gradients);
    outputs.add(y);
    outputs.addAll(
        Gradients.of(Node.sum(gradients.stream().map(g -> g.square().sum()).toList()), leaves));
    Map<Node, Tensor> values = Map.of(x, draw.uniform(x.shape(), -1, 1));
    Agreement.check(outputs, values);
    Agreement.checkThreads(outputs, values);
  }

  @Test
  void runsForAllStepsAtOnce() {
    Node constant = Node.constant(draw.uniform(Shape.of(2, 3), -1, 1));
    Node y = unrolled(step -> Node.apply(Mix.OP, step.sigmoid(), constant));
    checkWithGradients(y);
    assertEquals(1, calls(List.of(y), "[5, 2, 3]", "mix"));
  }

  @Test
  void runsStepByStepInARecurrence() {
    Node y = Unroll.forward(new Mixing(), Signal.of(x), Node.zeros(2, 3)).outputs().values();
    Agreement.check(List.of(y), Map.of(x, draw.uniform(x.shape(), -1, 1)));
    assertEquals(0, calls(List.of(y), "[5, 2, 3]", "mix"));
  }

  @Test
  void vanishesWithGradientsThatDoNotExist() {
    Node stopped = x.stopGradient();
    Node nothing = Gradients.of(stopped.square().sum(), List.of(x)).get(0);
    Node y = Node.apply(Mix.OP, nothing, nothing);
    Agreement.check(List.of(y), Map.of(x, draw.uniform(x.shape(), -1, 1)));
    assertEquals(0, calls(List.of(y.plus(x)), "[5, 2, 3]", "mix"));
  }

  @Test
  void thatDoesNotTakeTheStepsInFrontIsNamed() {
    Node y = unrolled(step -> Node.apply(new Wrong(), step));
    Plan.Builder plan = Plan.of(y);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> plan.compile(Precision.FLOAT64));
    assertEquals(
        "wrong says that it batches over time, and with the steps in front gives [2, 3], not"
            + " [5, 2, 3]",
        e.getMessage());
  }
}
