package dev.rnn4j.onnx.internal.recurrent;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import java.util.function.UnaryOperator;

/** The operator RNN: h′ = f(x·W + h·R + b). */
public record RnnStep(GateNodes gate, UnaryOperator<Node> f) implements Cell<RnnStep.State> {
  /** The state: h, {@code [N, H]}. */
  public record State(Node h) {}

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, gate.weightHh().size(0)));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node h = f.apply(gate.apply(x, state.h()));
    return new Step<>(h, new State(h));
  }
}
