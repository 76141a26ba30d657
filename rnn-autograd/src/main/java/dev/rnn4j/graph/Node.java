package dev.rnn4j.graph;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.op.Abs;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.BroadcastTo;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Divide;
import dev.rnn4j.graph.op.Equal;
import dev.rnn4j.graph.op.Exp;
import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.graph.op.Greater;
import dev.rnn4j.graph.op.GreaterOrEqual;
import dev.rnn4j.graph.op.Log;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.MaxOver;
import dev.rnn4j.graph.op.Maximum;
import dev.rnn4j.graph.op.Minimum;
import dev.rnn4j.graph.op.Multiply;
import dev.rnn4j.graph.op.Negate;
import dev.rnn4j.graph.op.Normalize;
import dev.rnn4j.graph.op.Power;
import dev.rnn4j.graph.op.Relu;
import dev.rnn4j.graph.op.Reshape;
import dev.rnn4j.graph.op.Select;
import dev.rnn4j.graph.op.Sigmoid;
import dev.rnn4j.graph.op.Slice;
import dev.rnn4j.graph.op.Softplus;
import dev.rnn4j.graph.op.Sqrt;
import dev.rnn4j.graph.op.Square;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.StopGradient;
import dev.rnn4j.graph.op.Subtract;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.graph.op.SumOver;
import dev.rnn4j.graph.op.Tanh;
import dev.rnn4j.graph.op.Transpose;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One value of a computation: an op applied to other nodes. Nodes are immutable; their shape is
 * known and checked from the start, their value only when something evaluates them. Two operands of
 * an elementwise op broadcast by NumPy's rule. Axes count from 0, or from the end with negative
 * numbers.
 */
public sealed class Node permits Parameter, Input {
  private static final java.util.concurrent.atomic.AtomicLong COUNTER =
      new java.util.concurrent.atomic.AtomicLong();

  private final Op op;
  private final List<Node> operands;
  private final Shape shape;
  private final Family family;
  private final int step;
  private final long id;

  /** Creates a leaf, which belongs to no time step. */
  Node(Op op, Shape shape) {
    this(op, List.of(), shape, Trace.current().newFamily(op, List.of()), Trace.NO_STEP);
  }

  Node(Op op, List<Node> operands, Shape shape, Family family, int step) {
    this.op = op;
    this.operands = operands;
    this.shape = shape;
    this.family = family;
    this.step = step;
    this.id = COUNTER.incrementAndGet();
  }

  /**
   * Applies an op, a built-in or your own.
   *
   * @throws ShapeException where the operands do not fit; the message names op, operands, place and
   *     cure
   */
  public static Node apply(Op op, Node... operands) {
    for (int i = 0; i < operands.length; i++) {
      checkOperand(op, operands[i], i);
    }
    return Trace.current().node(op, List.of(operands));
  }

  /** Applies an op to one operand. */
  public static Node apply(Op op, Node x) {
    checkOperand(op, x, 0);
    return Trace.current().node(op, List.of(x));
  }

  /** Applies an op to two operands. */
  public static Node apply(Op op, Node x, Node y) {
    checkOperand(op, x, 0);
    checkOperand(op, y, 1);
    return Trace.current().node(op, List.of(x, y));
  }

  /** Applies an op to a list of operands. */
  public static Node apply(Op op, List<Node> operands) {
    return apply(op, operands.toArray(Node[]::new));
  }

  private static void checkOperand(Op op, Node operand, int position) {
    checkArgument(operand != null, "%s: operand %s is null", op, position);
  }

  /** Asks an op for the shape of its result. */
  static Shape shapeOf(Op op, List<Node> operands) {
    try {
      return op.shape(operands);
    } catch (ShapeException e) {
      throw new ShapeException(
          op.name() + ": " + e.getMessage() + Wording.describe(op.name(), operands));
    }
  }

  // ---------------------------------------------------------------- leaves

  /** Returns a node that always has this value. */
  public static Node constant(Tensor value) {
    return apply(Constant.of(value));
  }

  /** Returns a scalar node that always has this value. */
  public static Node constant(double value) {
    return apply(Constant.filled(Shape.scalar(), value));
  }

  /** Returns zeros. */
  public static Node zeros(int... sizes) {
    return zeros(Shape.of(sizes));
  }

  /** Returns zeros. */
  public static Node zeros(Shape shape) {
    return apply(Constant.filled(shape, 0));
  }

  /** Returns ones. */
  public static Node ones(int... sizes) {
    return apply(Constant.filled(Shape.of(sizes), 1));
  }

  // ---------------------------------------------------------------- what a node is

  /** Returns the kind of computation. */
  public final Op op() {
    return op;
  }

  /** Returns what is computed from. */
  public final List<Node> operands() {
    return operands;
  }

  /** Returns the operand at a position. */
  public final Node operand(int position) {
    return operands.get(position);
  }

  /** Returns the sizes of the axes. */
  public final Shape shape() {
    return shape;
  }

  /** Returns the size of an axis. */
  public final int size(int axis) {
    return shape.size(axis);
  }

  /** Returns the copies of this node at other time steps, as one thing. */
  public final Family family() {
    return family;
  }

  /** Returns the time step, or {@link Trace#NO_STEP} outside every loop. */
  public final int step() {
    return step;
  }

  /** Returns a number larger than those of all operands. */
  public final long id() {
    return id;
  }

  // ---------------------------------------------------------------- elementwise

  /** Returns this + other. */
  public final Node plus(Node other) {
    return apply(Add.OP, this, other);
  }

  /** Returns this + other. */
  public final Node plus(double other) {
    return plus(constant(other));
  }

  /** Returns this − other. */
  public final Node minus(Node other) {
    return apply(Subtract.OP, this, other);
  }

  /** Returns this − other. */
  public final Node minus(double other) {
    return minus(constant(other));
  }

  /** Returns this ⊙ other, elementwise. */
  public final Node times(Node other) {
    return apply(Multiply.OP, this, other);
  }

  /** Returns this · other. */
  public final Node times(double other) {
    return times(constant(other));
  }

  /** Returns this / other, elementwise. */
  public final Node dividedBy(Node other) {
    return apply(Divide.OP, this, other);
  }

  /** Returns this / other. */
  public final Node dividedBy(double other) {
    return dividedBy(constant(other));
  }

  /** Returns 1 − this, the complement of a gate. */
  public final Node complement() {
    return constant(1).minus(this);
  }

  /** Returns −this. */
  public final Node negate() {
    return apply(Negate.OP, this);
  }

  /** Returns |this|; the gradient at 0 is 0. */
  public final Node abs() {
    return apply(Abs.OP, this);
  }

  /** Returns √this. */
  public final Node sqrt() {
    return apply(Sqrt.OP, this);
  }

  /** Returns this². */
  public final Node square() {
    return apply(Square.OP, this);
  }

  /** Returns this to a constant power. */
  public final Node power(double exponent) {
    return power(constant(exponent));
  }

  /** Returns this to a power, elementwise. */
  public final Node power(Node exponent) {
    return apply(Power.OP, this, exponent);
  }

  /** Returns e to the power of this. */
  public final Node exp() {
    return apply(Exp.OP, this);
  }

  /** Returns the natural logarithm. */
  public final Node log() {
    return apply(Log.OP, this);
  }

  /** Returns the hyperbolic tangent. */
  public final Node tanh() {
    return apply(Tanh.OP, this);
  }

  /** Returns σ(this) = 1 / (1 + e^−this). */
  public final Node sigmoid() {
    return apply(Sigmoid.OP, this);
  }

  /** Returns max(this, 0); the gradient at 0 is 0. */
  public final Node relu() {
    return apply(Relu.OP, this);
  }

  /** Returns ln(1 + e^this). */
  public final Node softplus() {
    return apply(Softplus.OP, this);
  }

  /** Returns the larger one, elementwise; ties share the gradient evenly. */
  public final Node maximum(Node other) {
    return apply(Maximum.OP, this, other);
  }

  /** Returns the smaller one, elementwise; ties share the gradient evenly. */
  public final Node minimum(Node other) {
    return apply(Minimum.OP, this, other);
  }

  // ---------------------------------------------------------------- comparison and choice

  /** Returns 1 where this = other, else 0; no gradient. */
  public final Node equalTo(Node other) {
    return apply(Equal.OP, this, other);
  }

  /** Returns 1 where this &gt; other, else 0; no gradient. */
  public final Node greaterThan(Node other) {
    return apply(Greater.OP, this, other);
  }

  /** Returns 1 where this &gt; other, else 0; no gradient. */
  public final Node greaterThan(double other) {
    return greaterThan(constant(other));
  }

  /** Returns 1 where this ≥ other, else 0; no gradient. */
  public final Node greaterOrEqualTo(Node other) {
    return apply(GreaterOrEqual.OP, this, other);
  }

  /** Returns 1 where this &lt; other, else 0; no gradient. */
  public final Node lessThan(Node other) {
    return other.greaterThan(this);
  }

  /** Returns 1 where this ≤ other, else 0; no gradient. */
  public final Node lessOrEqualTo(Node other) {
    return other.greaterOrEqualTo(this);
  }

  /**
   * Returns {@code yes} where this is not 0, else {@code no}; what is not chosen counts nowhere.
   */
  public final Node select(Node yes, Node no) {
    return apply(Select.OP, this, yes, no);
  }

  /** Returns this value; no gradient flows back through it. */
  public final Node stopGradient() {
    return apply(StopGradient.OP, this);
  }

  // ---------------------------------------------------------------- matrices and shapes

  /**
   * Returns the matrix product: {@code [M, K]·[K, N]}, or with leading axes on the left {@code [T,
   * M, K]·[K, N]}, or pairs of matrices {@code [B, M, K]·[B, K, N]}.
   */
  public final Node matmul(Node right) {
    return Products.of(Matmul.OP, this, right);
  }

  /** Returns this with its last two axes swapped. */
  public final Node transpose() {
    return apply(Transpose.lastTwo(this), this);
  }

  /** Returns this with its axes in another order. */
  public final Node transpose(int... axes) {
    return apply(Transpose.of(this, axes), this);
  }

  /** Returns the same values in order, in another shape; one size may be −1: what remains. */
  public final Node reshape(int... sizes) {
    return apply(Reshape.of(this, sizes), this);
  }

  /** Returns the same values in order, in another shape. */
  public final Node reshape(Shape target) {
    return apply(Reshape.of(this, target.toArray()), this);
  }

  /** Returns this repeated along axes of size 1, or new leading ones, to the given shape. */
  public final Node broadcastTo(Shape target) {
    return shape.equals(target) ? this : apply(new BroadcastTo(target), this);
  }

  /** Returns the part of an axis from {@code from} up to, not including, {@code to}. */
  public final Node slice(int axis, int from, int to) {
    return apply(Slice.of(this, Wording.axis("slice", this, axis), from, to), this);
  }

  /** Returns {@code count} parts of equal size along an axis: packed gates, taken apart. */
  public final List<Node> split(int axis, int count) {
    int size = size(Wording.axis("split", this, axis));
    checkArgument(
        count > 0 && size % count == 0,
        "split: axis %s of %s cannot be cut into %s equal parts",
        axis,
        this,
        count);
    int part = size / count;
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> slice(axis, i * part, (i + 1) * part))
        .toList();
  }

  /** Returns nodes joined along an existing axis. */
  public static Node concat(int axis, Node... parts) {
    checkNotNull(parts, "concat: the nodes to join are null");
    return concat(axis, Arrays.asList(parts));
  }

  /** Returns nodes joined along an existing axis. */
  public static Node concat(int axis, List<Node> parts) {
    checkNotNull(parts, "concat: the nodes to join are null");
    checkArgument(!parts.isEmpty(), "concat: there is nothing to join");
    checkArgument(parts.get(0) != null, "concat: operand 0 is null"); // before its axis
    return apply(new Concat(Wording.axis("concat", parts.get(0), axis)), parts);
  }

  /** Returns the element {@code t} of the first axis: {@code [T, N, I]} → {@code [N, I]}. */
  public final Node step(int t) {
    return apply(new StepOf(t), this);
  }

  /**
   * Returns nodes of one shape along a new first axis: T times {@code [N, H]} → {@code [T, N, H]}.
   */
  public static Node stack(List<Node> steps) {
    checkNotNull(steps, "stack: the nodes to stack are null");
    checkArgument(!steps.isEmpty(), "stack: there is nothing to stack");
    return apply(Stack.OP, steps);
  }

  /** Returns the sum of nodes of one shape, added in order. */
  public static Node sum(List<Node> terms) {
    checkNotNull(terms, "sum: the nodes to add are null");
    checkArgument(!terms.isEmpty(), "sum: there is nothing to add");
    return apply(SumOf.OP, terms);
  }

  /**
   * Returns the rows of this table {@code [V, E]} at the given positions: indices {@code [N]} →
   * {@code [N, E]}, and indices of any other shape likewise.
   */
  public final Node gather(Node indices) {
    return apply(Gather.OP, this, indices);
  }

  // ---------------------------------------------------------------- reductions

  /** Returns the sum of all elements. */
  public final Node sum() {
    return apply(SumOver.all(this), this);
  }

  /** Returns sums over axes, which disappear. */
  public final Node sum(int... axes) {
    return apply(SumOver.of(this, false, axes("sum", axes)), this);
  }

  /** Returns sums over axes, which stay with size 1. */
  public final Node sumKeeping(int... axes) {
    return apply(SumOver.of(this, true, axes("sum", axes)), this);
  }

  private int[] axes(String op, int... axes) {
    return Wording.axes(op, this, axes);
  }

  /** Returns the mean of all elements. */
  public final Node mean() {
    return sum().times(1.0 / shape.elements());
  }

  /** Returns means over axes, which disappear. */
  public final Node mean(int... axes) {
    return mean(sum(axes("mean", axes)));
  }

  /** Returns means over axes, which stay with size 1. */
  public final Node meanKeeping(int... axes) {
    return mean(sumKeeping(axes("mean", axes)));
  }

  private Node mean(Node sums) {
    return sums.times((double) sums.shape().elements() / shape.elements());
  }

  /** Returns the largest element; ties share the gradient evenly. */
  public final Node max() {
    return apply(MaxOver.all(this), this);
  }

  /** Returns the largest elements over axes, which disappear. */
  public final Node max(int... axes) {
    return apply(MaxOver.of(this, false, axes("max", axes)), this);
  }

  /** Returns the largest elements over axes, which stay with size 1. */
  public final Node maxKeeping(int... axes) {
    return apply(MaxOver.of(this, true, axes("max", axes)), this);
  }

  /**
   * Returns ln Σ e^this over the last axis, which disappears; without overflow. Of −∞ alone it is
   * −∞, and where there is ∞, ∞.
   */
  public final Node logSumExp() {
    Node most = maxKeeping(axes("logSumExp", -1)).stopGradient();
    Node top = most.abs().lessThan(constant(Double.POSITIVE_INFINITY)).select(most, constant(0));
    Node logs = minus(top).exp().sumKeeping(-1).log().plus(top);
    return logs.reshape(shape.without(-1));
  }

  /**
   * Returns ln(e^this / Σ e^this) over the last axis, where the logarithm of {@link #softmax} would
   * be −∞ for what is far below the largest.
   */
  public final Node logSoftmax() {
    Node below = minus(maxKeeping(axes("logSoftmax", -1)).stopGradient());
    return below.minus(below.exp().sumKeeping(-1).log());
  }

  /** Returns e^this / Σ e^this over the last axis. */
  public final Node softmax() {
    Node powers = minus(maxKeeping(axes("softmax", -1)).stopGradient()).exp();
    return powers.dividedBy(powers.sumKeeping(-1));
  }

  /**
   * Returns (this − μ) / √(σ² + epsilon), with mean μ and variance σ² of the last axis: layer
   * normalisation without scale and shift. Where a variance is beyond the largest number, as from
   * 10²⁰ on in float32, these are 0, as they are in PyTorch.
   */
  public final Node normalize(double epsilon) {
    return Normalize.of(this, epsilon);
  }

  // ---------------------------------------------------------------- looking inside

  /** Returns the value, with parameters at their initial values; for a graph without inputs. */
  public final Tensor eval() {
    return eval(Map.of());
  }

  /**
   * Returns the value in float64.
   *
   * @param values the inputs' values, and those of parameters that differ from the initial ones
   * @throws IllegalArgumentException where an input has no value, or one of another shape
   */
  public final Tensor eval(Map<? extends Node, Tensor> values) {
    return Interpreter.eval(List.of(this), values).get(0);
  }

  /** Returns this graph as text: a numbered line for each node, grouped by time step. */
  public final String toText() {
    return Graphs.toText(this);
  }

  /** Returns a number that is the same in every run of a program, as the order of sets is then. */
  @Override
  public final int hashCode() {
    return Long.hashCode(id);
  }

  /** Returns the name and shape: {@code cell.weightIh [25, 64]}, {@code tanh [32, 64]}. */
  @Override
  public final String toString() {
    return Wording.nameOf(this) + " " + shape;
  }
}
