package dev.rnn4j.examples.simplernn;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Prints the hidden states from zero and carried over, and the gradients after checking them. */
@Command(
    name = "simple-rnn",
    description = "003: the forward pass of a simple RNN, and its backward pass, checked")
public final class SimpleRnn extends Scenario {
  private static final double[][] X = {{1, 2}, {2, 3}, {3, 4}};
  private static final double[][] W_X = {{1, 3, 5, 7}, {3, 5, 7, 8}};
  private static final double[][] W_H = {{1, 3, 5, 7}, {2, 4, 6, 8}, {3, 5, 7, 8}, {4, 6, 8, 10}};

  private final Tensor sequence = hundredths(X).reshape(3, 1, 2);
  private final Parameter wx = Parameter.of("w_x", hundredths(W_X));
  private final Parameter wh = Parameter.of("w_h", hundredths(W_H));
  private final Parameter b = Parameter.of("b", Tensor.of(1, 1, 1, 1));

  private final Input x = Input.of("x", sequence.shape());
  private final Input h0 = Input.of("h0", 1, 4);
  private final Unrolled<ElmanCell.State> rnn =
      new Recurrent<>(new ElmanCell(new Gate(wx, wh, b), Activation.TANH))
          .unroll(Signal.of(x), new ElmanCell.State(h0));

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    return ImmutableMap.of("--seed", "all numbers are given", "--epochs", "nothing is trained");
  }

  @Override
  protected void run(Report report) {
    forward(report);
    backward(report);
  }

  /** Runs the sequence from zero, and once more from the state it ended in, as the document did. */
  private void forward(Report report) {
    Node outputs = rnn.outputs().values();
    Node h = Node.concat(0, h0.reshape(1, 1, 4), outputs);
    List<Node> steps = List.of(outputs.step(0), outputs.step(1), outputs.step(2));
    Session session =
        Plan.of(outputs, h, steps.get(0), steps.get(1), steps.get(2))
            .carry(rnn.state().h(), h0)
            .compile(precision())
            .session();

    Tensor fromZero = session.set(x, sequence).run().get(outputs);
    Tensor withInitial = session.get(h);
    Tensor last = session.get(steps.get(2));
    session.run();
    steps.forEach(step -> print(session.get(step)));
    print(withInitial);
    print(last);
    report.value("hiddenStatesFromZero", fromZero.reshape(3, 4));
    report.value("hiddenStatesCarried", session.get(outputs).reshape(3, 4));
  }

  /** Differentiates the sum of the last hidden state, and checks the gradients by differences. */
  private void backward(Report report) {
    Node sum = rnn.last().values().sum();
    GradientCheck.of(sum).at(x, sequence).at(h0, Tensor.zeros(h0.shape())).check();

    List<Node> gradients = Gradients.of(sum, List.of(wx, wh, b, x));
    Session session = Plan.of(gradients).compile(precision()).session();
    session.set(x, sequence).run();
    Map<String, Tensor> named = new LinkedHashMap<>();
    named.put("dw_x", session.get(gradients.get(0)));
    named.put("dw_h", session.get(gradients.get(1)));
    named.put("db", session.get(gradients.get(2)));
    named.put("dx", session.get(gradients.get(3)).reshape(3, 2));
    print("\nGradients of the sum of the last hidden state, equal to finite differences:");
    named.forEach((name, gradient) -> print(name + ":", gradient));
    report.value("gradients", named);
  }

  private static Tensor hundredths(double[][] numbers) {
    double[] values = Tensor.of(numbers).toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 100;
    }
    return Tensor.of(Tensor.of(numbers).shape(), values);
  }
}
