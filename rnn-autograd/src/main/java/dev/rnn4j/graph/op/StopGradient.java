package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Its operand, through which no gradient flows back. */
public final class StopGradient extends ViewOp {
  /** The one instance. */
  public static final StopGradient OP = new StopGradient();

  private StopGradient() {}

  @Override
  public String name() {
    return "stopGradient";
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
  public boolean differentiable(int operand) {
    return false;
  }

  @Override
  public boolean passesOn(int operand) {
    return true;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients((Node) null);
  }
}
