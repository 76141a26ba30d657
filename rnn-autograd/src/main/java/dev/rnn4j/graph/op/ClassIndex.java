package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Indices of classes as they are, each a whole number from 0 to C−1. Others, the classic 1 to C
 * among them, are refused when they come, before anything is learned from them.
 */
public final class ClassIndex extends Op {
  private final int classes;

  private ClassIndex(int classes) {
    this.classes = classes;
  }

  /**
   * Returns the indices, of any shape, which a run checks.
   *
   * @param classes C, how many classes there are
   */
  public static Node of(Node indices, int classes) {
    return Node.apply(new ClassIndex(classes), indices);
  }

  @Override
  protected Object attributes() {
    return classes;
  }

  @Override
  public String name() {
    return "classIndex";
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
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
      y[i] = checked(node.operand(0), i, x[0][i], classes);
    }
  }

  /** Returns an index that stands at a position of a node, where it is one of a class. */
  static double checked(Node indices, int position, double index, int classes) {
    if (!Gather.isIndex(index, classes)) {
      String range = " is " + index + ", and classes are whole numbers from 0 to ";
      throw new BadTargetException(indices, position, range + (classes - 1));
    }
    return index;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients((Node) null);
  }
}
