package dev.rnn4j.graph.op;

import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;

/** Positions of elements in row-major order. */
final class Views {
  private Views() {}

  /** Returns the position of each element of a layout, in row-major order of its shape. */
  static int[] positions(Layout layout) {
    Shape shape = layout.shape();
    int[] positions = new int[shape.elements()];
    int[] index = new int[shape.rank()];
    int position = layout.offset();
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        position += layout.stride(axis);
        if (++index[axis] < shape.size(axis)) {
          break;
        }
        position -= index[axis] * layout.stride(axis);
        index[axis] = 0;
      }
    }
    return positions;
  }
}
