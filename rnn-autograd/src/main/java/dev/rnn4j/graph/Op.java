package dev.rnn4j.graph;

import com.google.common.primitives.Booleans;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A kind of node: its shape rule, its meaning in float64, and its gradient rule, together.
 *
 * <p>This is the extension point for a primitive of your own: extend it, make nodes with {@link
 * Node#apply}, and test it with {@code GradientCheck}. Plans of either precision call {@link
 * #forward}; the gradient rule builds nodes, so that gradients of gradients come by themselves. An
 * op holds no state that changes.
 */
public abstract class Op {
  /** Creates the op. */
  protected Op() {}

  /** Returns the name that errors and dumps show, {@code tanh} for example. */
  public abstract String name();

  /**
   * Returns the shape of the result, which depends on nothing but this op and the operands' shapes:
   * at later time steps, given the same again, an op is not asked again.
   *
   * @throws dev.rnn4j.tensor.ShapeException where the operands do not fit
   */
  public abstract Shape shape(List<Node> operands);

  /**
   * Computes the result from the operands, all row-major.
   *
   * @param node the node to compute, which knows its own and its operands' shapes
   * @param x the operands' values; not modified
   * @param y the result's values; every element is written
   */
  public abstract void forward(Node node, double[][] x, double[] y);

  /**
   * Returns the gradient of the loss with respect to each operand, as nodes. A rule that builds the
   * same nodes at every time step lets these run in a loop.
   *
   * @param y the node of this op
   * @param dy the gradient of the loss with respect to y, in y's shape
   * @return one node for each operand, in the operand's shape or one it broadcasts to (the sweep
   *     sums it back); null where {@link #differentiable} says no
   */
  public abstract List<Node> gradient(Node y, Node dy);

  /**
   * Returns whether a gradient flows to the operand at this position; it does unless overridden.
   */
  public boolean differentiable(int operand) {
    return true;
  }

  /**
   * Returns whether row i of the result, along the first axis, depends on nothing but rows i of the
   * operands, which have as many rows. Then {@link #forward} may be called with a part of the rows,
   * by several threads at once; it is called with all of them unless overridden.
   */
  public boolean hasIndependentRows() {
    return false;
  }

  /**
   * Returns whether nothing comes out where nothing goes in: whether the result is zero because all
   * that it is linear in are gradients that do not exist. A plan leaves such a result out, and what
   * follows from it.
   *
   * @param absent which operands are such gradients: one at least
   */
  public boolean vanishes(boolean[] absent) {
    return false;
  }

  /**
   * Returns whether the result is an operand's own value where all others are gradients that do not
   * exist, as a sum is its only term: a plan then has nothing to compute.
   */
  public boolean passesOn(int operand) {
    return false;
  }

  /** Returns whether all are: what a linear op vanishes with. */
  protected static boolean all(boolean[] absent) {
    return !Booleans.contains(absent, false);
  }

  /**
   * Returns whether this takes any number of operands that are all treated alike, as a sum does, or
   * differ by their place only, as those of a stack.
   */
  public boolean takesList() {
    return false;
  }

  /**
   * Returns whether all time steps of a loop can be computed at once where no recurrence holds them
   * back: whether this op takes operands with one more axis in front, and then gives the results of
   * all steps along such an axis. A plan then computes it before or after the loop.
   *
   * @param node the op at one of the steps
   * @param moves whether the operand at a position is another one at each step
   */
  public boolean batches(Node node, IntPredicate moves) {
    return false;
  }

  /**
   * Returns the number in this op that moves along with time: of a copy that is one time step
   * later, it is one more. The step that is taken of a sequence is such a number.
   *
   * @return {@link Trace#NO_STEP} where nothing moves
   */
  public int time() {
    return Trace.NO_STEP;
  }

  /**
   * Returns what distinguishes this op from others of its class, besides {@link #time}: equal
   * attributes mean the same computation. An op that does not override this is only like itself.
   */
  protected Object attributes() {
    return this;
  }

  /** Returns whether another op computes the same. */
  public final boolean isLike(Op other) {
    return follows(other, 0);
  }

  /** Returns whether this computes what another op does, so many time steps later. */
  public final boolean follows(Op other, int steps) {
    if (getClass() != other.getClass()) {
      return false;
    }
    int time = time();
    boolean timely = time == Trace.NO_STEP || time == other.time() + steps;
    return timely && (this == other || attributes().equals(other.attributes()));
  }

  /**
   * Returns zeros for a part that no gradient flows to: what is linear in nothing but these is left
   * out of plans.
   */
  protected static Node nothing(Shape shape) {
    return Node.apply(Constant.absent(shape));
  }

  /** Lists gradients, null allowed: {@code gradients(dy, null)}. */
  protected static List<Node> gradients(Node... nodes) {
    return Arrays.asList(nodes);
  }

  @Override
  public String toString() {
    return name();
  }
}
