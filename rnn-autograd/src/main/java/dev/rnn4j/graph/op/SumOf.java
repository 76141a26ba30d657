package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** The sum of any number of operands of one shape, in order: how gradients of several uses add. */
public final class SumOf extends BuiltIn {
  /** The one instance. */
  public static final SumOf OP = new SumOf();

  private SumOf() {}

  @Override
  Kind kind() {
    return Kind.SUM;
  }

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public boolean takesList() {
    return true;
  }

  @Override
  public boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  public Shape shape(List<Node> operands) {
    for (Node operand : operands) {
      if (!operand.shape().equals(operands.get(0).shape())) {
        throw new ShapeException(operands.get(0) + " and " + operand + " are not of one shape");
      }
    }
    return operands.get(0).shape();
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = x[0][i];
      for (int term = 1; term < x.length; term++) {
        y[i] += x[term][i];
      }
    }
  }

  @Override
  void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    for (int i = 0; i < node.shape().elements(); i++) {
      for (int term = 0; of.test(i) && term < x.length; term++) {
        visitor.visit(i, term, i);
      }
    }
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
    return Collections.nCopies(y.operands().size(), dy);
  }
}
