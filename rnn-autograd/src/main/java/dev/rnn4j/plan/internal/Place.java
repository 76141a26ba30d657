package dev.rnn4j.plan.internal;

import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;

/**
 * Where a value lies.
 *
 * @param buffer the array
 * @param layout the elements in it
 */
public record Place(Buffer buffer, Layout layout) {
  /** Returns the shape of the value. */
  public Shape shape() {
    return layout.shape();
  }

  Place at(Layout other) {
    return new Place(buffer, other);
  }

  Place in(Buffer other) {
    return new Place(other, layout);
  }

  /** Returns whether the value fills its buffer, in row-major order. */
  boolean isWhole() {
    return layout.isDense() && layout.offset() == 0 && shape().elements() == buffer.size();
  }

  @Override
  public String toString() {
    return buffer + (layout.offset() == 0 ? "" : "+" + layout.offset()) + shape();
  }
}
