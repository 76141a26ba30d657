package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element of the first axis: x_t of a sequence. The sweep joins the gradients of all steps of a
 * sequence into one {@link Stack}; the rule here serves a step on its own.
 */
public final class StepOf extends ViewOp {
  private final int t;

  /** Creates the op for position t. */
  public StepOf(int t) {
    this.t = t;
  }

  /** Returns the position. */
  public int t() {
    return t;
  }

  @Override
  public int time() {
    return t;
  }

  @Override
  protected Object attributes() {
    return "";
  }

  @Override
  public String name() {
    return "step";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node x = operands.get(0);
    if (x.shape().rank() == 0 || t < 0 || t >= x.size(0)) {
      throw new ShapeException(x + " has no step " + t);
    }
    return x.shape().without(0);
  }

  @Override
  public Optional<Layout> view(Node node, Layout operand) {
    return Optional.of(operand.step(t));
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    List<Node> steps = new ArrayList<>();
    for (int i = 0; i < y.operand(0).size(0); i++) {
      steps.add(i == t ? dy : nothing(y.shape()));
    }
    return gradients(Node.stack(steps));
  }
}
