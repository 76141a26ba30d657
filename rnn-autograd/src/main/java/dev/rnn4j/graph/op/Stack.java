package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.stream.IntStream;

/** Operands of one shape along a new first axis. */
public final class Stack extends JoinOp {
  /** The one instance. */
  public static final Stack OP = new Stack();

  private Stack() {
    super(0, true);
  }

  @Override
  public String name() {
    return "stack";
  }

  @Override
  public Shape shape(List<Node> operands) {
    for (Node operand : operands) {
      if (!operand.shape().equals(operands.get(0).shape())) {
        throw new ShapeException(operands.get(0) + " and " + operand + " are not of one shape");
      }
    }
    return operands.get(0).shape().insert(0, operands.size());
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      System.arraycopy(x[i], 0, y, i * x[i].length, x[i].length);
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return IntStream.range(0, y.operands().size()).mapToObj(dy::step).toList();
  }
}
