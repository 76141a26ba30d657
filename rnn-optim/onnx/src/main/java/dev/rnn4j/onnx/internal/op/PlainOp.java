package dev.rnn4j.onnx.internal.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.Collections;
import java.util.List;

/**
 * An op in plain loops: of whole numbers and places, through which no gradient flows, or of others,
 * whose gradient is refused.
 */
public final class PlainOp extends Op {
  /** What an op computes. */
  @FunctionalInterface
  public interface Loops {
    /**
     * Computes the result.
     *
     * @param node knows the shapes
     * @param x the operands, row-major
     * @param y the result
     */
    void compute(Node node, double[][] x, double[] y);
  }

  private final String name;
  private final List<?> settings;
  private final Shape shape;
  private final boolean flat;
  private final Loops loops;

  private PlainOp(String name, List<?> settings, Shape shape, boolean flat, Loops loops) {
    this.name = name;
    this.settings = settings;
    this.shape = shape;
    this.flat = flat;
    this.loops = loops;
  }

  /**
   * Returns the result of an op.
   *
   * @param settings all that the loops depend on, besides shapes
   * @param flat whether its gradient is 0; otherwise there is none
   */
  public static Node of(
      String name, List<?> settings, Shape shape, boolean flat, Loops loops, Node... operands) {
    return Node.apply(new PlainOp(name, List.copyOf(settings), shape, flat, loops), operands);
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
    loops.compute(node, x, y);
  }

  @Override
  public boolean differentiable(int operand) {
    return !flat;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    if (!flat) {
      throw new UnsupportedOperationException(
          "the gradient of ONNX's " + name + " is not known here: freeze what comes before it");
    }
    return Collections.nCopies(y.operands().size(), null);
  }
}
