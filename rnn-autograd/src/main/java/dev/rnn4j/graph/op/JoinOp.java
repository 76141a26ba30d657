package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.function.IntPredicate;

/** An op that puts its operands side by side, along an axis of theirs or a new one. */
public abstract class JoinOp extends BuiltIn {
  private final int axis;
  private final boolean addsAxis;

  JoinOp(int axis, boolean addsAxis) {
    this.axis = axis;
    this.addsAxis = addsAxis;
  }

  /** Returns the axis along which operands lie side by side. */
  public final int axis() {
    return axis;
  }

  /** Returns whether operands do not have that axis. */
  public final boolean addsAxis() {
    return addsAxis;
  }

  /**
   * Returns how much of the axis an operand takes.
   *
   * @param lead how many axes it has in front that the op does not know of
   */
  public final int size(Shape operand, int lead) {
    return addsAxis ? 1 : operand.size(lead + axis);
  }

  /**
   * Returns where an operand goes.
   *
   * @param lead how many axes the result has in front that the op does not know of
   * @param from what the operands before take of the axis
   * @param size what this one takes
   */
  public final Layout slot(Layout result, int lead, int from, int size) {
    return addsAxis ? result.select(lead + axis, from) : result.sliced(lead + axis, from, size);
  }

  @Override
  final Kind kind() {
    return Kind.JOIN;
  }

  @Override
  public final boolean takesList() {
    return true;
  }

  @Override
  public final boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  final void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    Layout all = Layout.dense(node.shape());
    int from = 0;
    for (int operand = 0; operand < x.length; operand++) {
      int size = size(node.operand(operand).shape(), 0);
      int[] elements = Views.positions(slot(all, 0, from, size));
      for (int i = 0; i < elements.length; i++) {
        if (of.test(elements[i])) {
          visitor.visit(elements[i], operand, i);
        }
      }
      from += size;
    }
  }

  @Override
  public final boolean vanishes(boolean[] absent) {
    return all(absent);
  }
}
