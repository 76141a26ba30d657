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
  private final boolean initial;

  /**
   * Creates the op for a component.
   *
   * @param name the component's name
   * @param initial whether the operand is the state before the first step
   */
  public State(String name, boolean initial) {
    this.name = name;
    this.initial = initial;
  }

  /** Returns whether the operand is the state before the first step, not what a step left. */
  public boolean isInitial() {
    return initial;
  }

  @Override
  Kind kind() {
    return Kind.STATE;
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
  public boolean passesOn(int operand) {
    return true;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy);
  }
}
