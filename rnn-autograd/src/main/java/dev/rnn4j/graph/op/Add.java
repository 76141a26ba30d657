package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** a + b. */
public final class Add extends PointwiseOp {
  /** The one instance. */
  public static final Add OP = new Add();

  private Add() {
    super("add", Pointwise.ADD);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a + b;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return all(absent);
  }

  @Override
  public boolean passesOn(int operand) {
    return true;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy, dy);
  }
}
