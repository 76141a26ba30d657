package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.Optional;

/** Its operand repeated to a shape; the sweep sums the gradient back. */
public final class BroadcastTo extends ViewOp {
  private final Shape target;

  /** Creates the op. */
  public BroadcastTo(Shape target) {
    this.target = target;
  }

  @Override
  protected Object attributes() {
    return target;
  }

  @Override
  public String name() {
    return "broadcastTo";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node x = operands.get(0);
    if (!x.shape().broadcastsTo(target)) {
      throw new ShapeException(x + " does not broadcast to " + target);
    }
    return target;
  }

  @Override
  public Optional<Layout> view(Node node, Layout operand) {
    return Optional.of(operand.broadcastTo(target));
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy);
  }
}
