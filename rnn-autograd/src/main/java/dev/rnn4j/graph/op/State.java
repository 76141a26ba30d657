package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * One component of the state before a time step: its operand, the initial state or what the step
 * before left. It gives each recurrence one family, from t = 0 to the final state at t = T.
 */
public final class State extends ViewOp {
  private final String name;

  /** Creates the op for the component of this name. */
  public State(String name) {
    this.name = name;
  }

  @Override
  protected Object attributes() {
    return name;
  }

  @Override
  public String name() {
    return "state " + name;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public Optional<Layout> view(Node node, Layout operand) {
    return Optional.of(operand);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy);
  }
}
