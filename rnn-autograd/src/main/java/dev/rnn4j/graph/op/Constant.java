package dev.rnn4j.graph.op;

import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** A value that never changes: a tensor, or one number everywhere. */
public final class Constant extends BuiltIn {
  private final Shape shape;
  private final Tensor tensor;
  private final double fill;
  private final boolean absent;

  private Constant(Shape shape, Tensor tensor, double fill, boolean absent) {
    this.shape = shape;
    this.tensor = tensor;
    this.fill = fill;
    this.absent = absent;
  }

  /** Returns the constant with these values. */
  public static Constant of(Tensor tensor) {
    checkNotNull(tensor, "a constant was given null as its value");
    return new Constant(tensor.shape(), tensor, Double.NaN, false);
  }

  /** Returns the constant with one number everywhere. */
  public static Constant filled(Shape shape, double value) {
    checkNotNull(shape, "a constant was given null as its shape");
    return new Constant(shape, null, value, false);
  }

  /**
   * Returns the zeros that stand for a gradient that is not there. Plans leave out what is linear
   * in them, even where the other factor is infinite: nothing contributes nothing.
   */
  public static Constant absent(Shape shape) {
    return new Constant(shape, null, 0, true);
  }

  /** Returns whether these zeros stand for nothing. */
  public boolean isAbsent() {
    return absent;
  }

  /** Returns whether one number stands everywhere. */
  public boolean isFilled() {
    return tensor == null;
  }

  /** Returns the number that stands everywhere. */
  public double fill() {
    checkState(isFilled(), "this constant holds different numbers");
    return fill;
  }

  /** Returns whether this is 0 everywhere, by construction. */
  public boolean isZeros() {
    return tensor == null && fill == 0;
  }

  @Override
  Kind kind() {
    return Kind.CONSTANT;
  }

  @Override
  void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {}

  @Override
  protected Object attributes() {
    return tensor != null ? tensor : List.of(shape, fill, absent);
  }

  @Override
  public String name() {
    return tensor != null ? "constant" : fill == 0 ? "zeros" : fill == 1 ? "ones" : "" + fill;
  }

  @Override
  public boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return shape;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    if (tensor == null) {
      Arrays.fill(y, fill);
    } else {
      tensor.copyTo(y);
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients();
  }
}
