package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import java.util.Arrays;

/**
 * The code that brings an operand together in a tile, where its elements are not neighbours as
 * those of the results are.
 */
final class FloatGather {
  /** For how long what is in the tile is good. */
  enum Span {
    TILE,
    BLOCK,
    LOOP,
    RUN
  }

  /** The slot of the tile. */
  final int tile;

  private final FloatSpot operand;
  private final int rowStride;
  private final int stride;
  private final int start;
  private final int span;
  private int first = Integer.MAX_VALUE;
  private int last = Integer.MIN_VALUE;
  private int least;
  private long filled = -1;

  FloatGather(Place place, int[] strides, int tile, FloatArena arena, Span span) {
    this.tile = tile;
    operand = new FloatSpot(place);
    rowStride = strides.length == 1 ? 0 : strides[0];
    stride = strides[strides.length - 1];
    start = arena.startOf(tile);
    this.span = span.ordinal();
  }

  /** Counts in an instruction that reads the first {@code elements} of the tile. */
  void include(Timed reader, int elements) {
    first = Math.min(first, reader.from());
    last = Math.max(last, reader.to());
    least = Math.max(least, elements);
  }

  void run(FloatArena arena, int t, int row, int height, int column, int width) {
    if (t < first || t > last || filled == arena.begun[span]) {
      return;
    }
    filled = arena.begun[span];
    float[] x = operand.in(arena);
    float[] y = arena.arrays[tile];
    int from = operand.at(t) + row * rowStride + column * stride;
    if (stride == 0 && rowStride == 0) {
      Arrays.fill(y, start, start + least, x[from]);
      return;
    }
    for (int i = 0; i < height; i++, from += rowStride) {
      int to = start + i * width;
      if (stride == 0) {
        Arrays.fill(y, to, to + width, x[from]);
      } else if (stride == 1) {
        System.arraycopy(x, from, y, to, width);
      } else {
        for (int j = 0; j < width; j++) {
          y[to + j] = x[from + j * stride];
        }
      }
    }
  }
}
