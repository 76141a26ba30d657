package dev.rnn4j.pass;

import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.function.UnaryOperator;

/**
 * What passes between layers: values, which of them count, and the forward pass that is being
 * built. Immutable.
 *
 * <p>Sequences are {@code [T, N, ...]}, time first. A mask {@code [T, N]} says which steps of which
 * sequences count. Where it is 0, the values are 0, whatever they were: what stands in padding, NaN
 * too, reaches neither a layer nor a gradient.
 *
 * <p>{@link #map} and {@link #with} keep pass and mask, and refuse what a mask does not fit, so
 * that a model reads like its formula: {@code out.apply(dropout.apply(rnn.apply(x)))}, {@code
 * dense.apply(x).map(Node::tanh)}.
 */
public final class Signal {
  private final Node values;
  private final Node mask;
  private final ForwardPass pass;

  private Signal(Node values, Node mask, ForwardPass pass) {
    this.values = checkNotNull(values, "a signal was given null as its values");
    this.mask = mask;
    this.pass = checkNotNull(pass, "a signal was given null as its forward pass");
  }

  /** Returns a signal of which all counts, in a forward pass of its own for inference. */
  public static Signal of(Node values) {
    return of(values, ForwardPass.inference());
  }

  /** Returns a signal of which all counts. */
  public static Signal of(Node values, ForwardPass pass) {
    return new Signal(values, null, pass);
  }

  /** Returns the values. */
  public Node values() {
    return values;
  }

  /** Returns the forward pass that is being built. */
  public ForwardPass pass() {
    return pass;
  }

  /** Returns whether there is a mask; without one, all counts. */
  public boolean isMasked() {
    return mask != null;
  }

  /**
   * Returns the mask {@code [T, N]}: 0 where nothing counts.
   *
   * @throws IllegalStateException where there is none
   */
  public Node mask() {
    checkState(mask != null, "all of %s counts: ask isMasked() before mask()", values);
    return mask;
  }

  /**
   * Returns this signal with a mask, in the place of one that is there; values that do not count
   * become 0.
   *
   * @param newMask {@code [T, N]}: 0 where nothing counts, else 1
   * @throws ShapeException where the values are not {@code [T, N, ...]}
   */
  public Signal masked(Node newMask) {
    checkNotNull(newMask, "a signal was given null as its mask");
    if (newMask.shape().rank() != 2 || !fits(newMask, values)) {
      throw new ShapeException(
          "a mask is [T, N], as the first two axes of what it masks, and "
              + newMask
              + " was given for "
              + values);
    }
    return new Signal(cleaned(newMask, values), newMask, pass);
  }

  /** Returns what a function makes of the values, as {@link #with} does. */
  public Signal map(UnaryOperator<Node> function) {
    return with(function.apply(values));
  }

  /**
   * Returns other values in the same forward pass. A mask stays, for values {@code [T, N, ...]} of
   * the same T and N; it does not go unasked, as the zeros of padding would count. Each axis is
   * followed from the values on, as sizes alone do not tell. Values that do not come from these are
   * taken as they are.
   *
   * @throws ShapeException where there is a mask, and the values do not begin with its T and N, or
   *     with other axes of the same sizes, or it cannot be told
   */
  public Signal with(Node newValues) {
    if (mask == null) {
      return of(newValues, pass);
    }
    if (!fits(mask, newValues)) {
      throw new ShapeException(
          "there is a mask "
              + mask.shape()
              + " of steps [T, N] that count, and "
              + newValues
              + " does not begin with them: padding would count. last() and Pooling leave it out;"
              + " where it is dealt with, say Signal.of(values, x.pass())");
    }
    if (newValues != values) {
      checkLeadingAxes(newValues);
    }
    return new Signal(cleaned(mask, newValues), mask, pass);
  }

  private void checkLeadingAxes(Node newValues) {
    LeadingAxes axes = LeadingAxes.of(values, mask, newValues);
    boolean square = mask.size(0) == mask.size(1) && mask.size(0) > 1;
    boolean fewer = newValues.shape().rank() < values.shape().rank();
    if (axes.isFollowed() ? axes.areKept() : !fewer || !square) {
      return;
    }
    if (axes.areMoved()) {
      throw new ShapeException(
          "there is a mask "
              + mask.shape()
              + " of steps [T, N] that count, and "
              + newValues
              + " begins with other axes, whatever their sizes: transpose it back, or say"
              + " Signal.of(values, x.pass()) where padding is dealt with");
    }
    throw new ShapeException(
        "whether "
            + newValues
            + " still begins with [T, N], as "
            + values
            + " does, cannot be told: say Signal.of(values, x.pass()) where it does not, and that"
            + " .masked(x.mask()) where it does");
  }

  private static boolean fits(Node mask, Node values) {
    return values.shape().startsWith(mask.shape());
  }

  private static Node cleaned(Node mask, Node values) {
    return over(mask, values.shape().rank()).select(values, Node.constant(0));
  }

  /** Returns a mask {@code [T, N]} with axes of size 1 behind, to stand beside values of a rank. */
  private static Node over(Node mask, int rank) {
    Shape wide = mask.shape();
    while (wide.rank() < rank) {
      wide = wide.insert(wide.rank(), 1);
    }
    return wide.equals(mask.shape()) ? mask : mask.reshape(wide);
  }

  /**
   * Returns T.
   *
   * @throws ShapeException where this is no sequence
   */
  public int steps() {
    return sequence().size(0);
  }

  /**
   * Returns N.
   *
   * @throws ShapeException where this is no sequence
   */
  public int batchSize() {
    return sequence().size(1);
  }

  private Node sequence() {
    if (values.shape().rank() < 2) {
      throw new ShapeException("a sequence is [T, N, ...], time first, and " + values + " is none");
    }
    return values;
  }

  @Override
  public String toString() {
    return values + (mask == null ? "" : " masked by " + mask);
  }
}
