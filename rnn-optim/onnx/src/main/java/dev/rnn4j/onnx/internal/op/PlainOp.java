package dev.rnn4j.onnx.internal.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;

/** An op in plain loops, of whole numbers and places, through which no gradient flows. */
public final class PlainOp extends Op {
  private final String name;
  private final List<?> settings;
  private final Shape shape;
  private final BiConsumer<double[][], double[]> loops;

  private PlainOp(
      String name, List<?> settings, Shape shape, BiConsumer<double[][], double[]> loops) {
    this.name = name;
    this.settings = settings;
    this.shape = shape;
    this.loops = loops;
  }

  /**
   * Returns the result of an op.
   *
   * @param settings all that the loops depend on, besides shapes
   * @param loops take the operands, row-major, and fill the result
   */
  public static Node of(
      String name,
      List<?> settings,
      Shape shape,
      BiConsumer<double[][], double[]> loops,
      Node... operands) {
    return Node.apply(new PlainOp(name, List.copyOf(settings), shape, loops), operands);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected Object attributes() {
    return List.of(name, settings, shape);
  }

  @Override
  public Shape shape(List<Node> operands) {
    return shape;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    loops.accept(x, y);
  }

  @Override
  public boolean differentiable(int operand) {
    return false;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return Collections.nCopies(y.operands().size(), null);
  }
}
