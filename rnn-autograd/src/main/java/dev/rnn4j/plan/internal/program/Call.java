package dev.rnn4j.plan.internal.program;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * target = the forward method of the node's op, in float64.
 *
 * @param batched whether the places have the steps of a loop in front, which the node has not
 */
public record Call(Node node, boolean batched, Place target, List<Place> operands)
    implements Instruction {
  @Override
  public String name() {
    return "call " + node.op().name();
  }

  @Override
  public Instruction with(Place newTarget, List<Place> newOperands) {
    return new Call(node, batched, newTarget, newOperands);
  }

  /** Returns this call of an op that takes operands of these shapes, or says that it does not. */
  public Call checked() {
    seen();
    return this;
  }

  /** Returns the node as the op sees it: with operands of the shapes that they have here. */
  public Node seen() {
    List<Shape> shapes = operands.stream().map(Place::shape).toList();
    if (shapes.equals(node.operands().stream().map(Node::shape).toList())) {
      return node;
    }
    Node[] x = shapes.stream().map(shape -> Input.of("part", shape)).toArray(Node[]::new);
    Node seen = Node.apply(node.op(), x);
    checkState(
        !batched || seen.shape().equals(target.shape()),
        "%s says that it batches over time, and with the steps in front gives %s, not %s",
        node.op().name(),
        seen.shape(),
        target.shape());
    return seen;
  }

  @Override
  public List<Cut> cuts() {
    return node.op().hasIndependentRows() ? List.of(Cut.everywhere(0)) : List.of();
  }
}
