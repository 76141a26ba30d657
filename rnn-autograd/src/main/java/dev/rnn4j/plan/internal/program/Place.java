package dev.rnn4j.plan.internal.program;

import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;

/**
 * Where a value lies; inside a time loop, where it lies at time step t: {@code perStep} elements
 * further on for each step.
 *
 * @param buffer the array
 * @param layout the elements in it, at time step 0
 * @param perStep the distance from one time step to the next; 0 for what does not move
 */
public record Place(Buffer buffer, Layout layout, int perStep) {
  /** Creates a place that does not move. */
  public Place(Buffer buffer, Layout layout) {
    this(buffer, layout, 0);
  }

  /** Returns the shape of the value. */
  public Shape shape() {
    return layout.shape();
  }

  public Place with(Layout other) {
    return new Place(buffer, other, perStep);
  }

  public Place in(Buffer other) {
    return new Place(other, layout, perStep);
  }

  /** Returns the place of the same shape that fills a buffer, and does not move. */
  public Place still(Buffer other) {
    return new Place(other, Layout.dense(shape()));
  }

  /** Returns whether both are the same elements, in row-major order, at every time step. */
  public boolean covers(Place other) {
    return buffer == other.buffer
        && perStep == other.perStep
        && layout.offset() == other.layout.offset()
        && layout.isDense()
        && other.layout.isDense()
        && shape().elements() == other.shape().elements();
  }

  /** Returns the place at one time step, which does not move. */
  public Place at(int t) {
    return new Place(buffer, layout.shifted(t * perStep));
  }

  /** Returns the place as it was a number of time steps before. */
  public Place back(int steps) {
    return new Place(buffer, layout.shifted(-steps * perStep), perStep);
  }

  /** Returns the places of a range of time steps as one, with a new first axis. */
  public Place over(int from, int to) {
    Layout first = layout.shifted(from * perStep);
    return new Place(buffer, first.repeated(to - from + 1, perStep));
  }

  /** Returns whether the value fills its buffer, in row-major order. */
  public boolean isWhole() {
    return perStep == 0
        && layout.isDense()
        && layout.offset() == 0
        && shape().elements() == buffer.size();
  }

  /** Returns whether no element is in both places, at any one time step. */
  public boolean isApartFrom(Place other) {
    return buffer != other.buffer
        || (perStep == other.perStep
            && (last() < other.layout.offset() || other.last() < layout.offset()));
  }

  /** Returns the position of the last element. */
  int last() {
    int last = layout.offset();
    for (int axis = 0; axis < shape().rank(); axis++) {
      last += (shape().size(axis) - 1) * layout.stride(axis);
    }
    return last;
  }

  @Override
  public String toString() {
    String at = layout.offset() == 0 ? "" : (layout.offset() > 0 ? "+" : "") + layout.offset();
    return buffer + at + (perStep == 0 ? "" : "+" + perStep + "t") + shape();
  }
}
