package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.function.IntPredicate;

/** Inputs and parameters: their values come from outside. */
public final class Leaf extends BuiltIn {
  /** The op of every input. */
  public static final Leaf INPUT = new Leaf("input");

  /** The op of every parameter. */
  public static final Leaf PARAMETER = new Leaf("parameter");

  private final String name;

  private Leaf(String name) {
    this.name = name;
  }

  @Override
  Kind kind() {
    return Kind.LEAF;
  }

  @Override
  void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape(List<Node> operands) {
    throw new UnsupportedOperationException("a leaf is made by Input.of or Parameter.of");
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    throw new UnsupportedOperationException("the value of " + node + " comes from outside");
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients();
  }
}
