package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;

/**
 * Labels of sequences, each a class that is not the blank, and the blank in the place of −1 behind
 * the last one. Others are refused when they come: a label that is the blank would be no part of
 * any alignment.
 */
public final class CtcLabel extends Op {
  private final int classes;
  private final int blank;

  private CtcLabel(int classes, int blank) {
    this.classes = classes;
    this.blank = blank;
  }

  /**
   * Returns labels, which a run checks.
   *
   * @param labels {@code [S, N]}
   * @param within 1 where there is a label, in the same shape, and 0 behind the last one
   * @param classes C, how many classes there are, with the blank
   */
  public static Node of(Node labels, Node within, int classes, int blank) {
    return Node.apply(new CtcLabel(classes, blank), labels, within);
  }

  @Override
  protected Object attributes() {
    return List.of(classes, blank);
  }

  @Override
  public String name() {
    return "ctcLabel";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Shape shape = operands.get(0).shape();
    if (!shape.equals(operands.get(1).shape())) {
      throw new ShapeException(
          operands.get(0) + " and " + operands.get(1) + " must have one shape");
    }
    return shape;
  }

  @Override
  public boolean differentiable(int operand) {
    return false;
  }

  @Override
  public boolean hasIndependentRows() {
    return true;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      double label = x[0][i];
      boolean there = x[1][i] != 0;
      boolean fits = there ? Gather.isIndex(label, classes) && label != blank : label == -1;
      if (!fits) {
        int size = node.shape().size(-1);
        throw new BadTargetException(
            node.operand(0),
            "label " + i / size + ", sequence " + i % size,
            " is " + label + complaint(label, there));
      }
      y[i] = there ? label : blank;
    }
  }

  private String complaint(double label, boolean there) {
    if (there && label == blank) {
      return ", which is the blank: number labels around it, or say another .blank(…)";
    }
    return there && label != -1
        ? ", and labels are whole numbers from 0 to " + (classes - 1) + ", but for the blank"
        : ", and behind the last label of a sequence, and only there, stands -1";
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(null, null);
  }
}
