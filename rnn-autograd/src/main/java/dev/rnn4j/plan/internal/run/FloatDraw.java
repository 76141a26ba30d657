package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.op.RandomUniform;
import dev.rnn4j.kernel.RandomWords;
import dev.rnn4j.plan.internal.program.Draw;
import dev.rnn4j.tensor.Shape;

/** The code of random numbers, row by row. */
final class FloatDraw implements FloatCode {
  private static final float UNIT = (float) 0x1p-24;

  private final RandomUniform op;
  private final int origin;
  private final int steps;
  private final int sequences;
  private final int columns;
  private final FloatSpot key;
  private final FloatSpot target;
  private final int[] words = new int[RandomWords.GROUP];

  /** Creates the code for one arena: it keeps that arena's scratch. */
  FloatDraw(Draw draw) {
    op = draw.op();
    origin = draw.origin();
    Shape shape = draw.target().shape();
    steps = op.isOverTime() ? shape.size(0) : 1;
    sequences = op.isOverBatch() ? shape.size(op.isOverTime() ? 1 : 0) : 1;
    columns = shape.elements() == 0 ? 0 : shape.elements() / (steps * sequences);
    key = new FloatSpot(draw.key());
    target = new FloatSpot(draw.target());
  }

  @Override
  public void run(FloatArena arena, int t) {
    float[] pieces = key.in(arena);
    int from = key.at(t);
    long stream = op.streamKey(whole(pieces, from, 4), whole(pieces, from + 4, 4), words);
    int time = op.isOverTime() ? (int) whole(pieces, from + 8, 2) + origin : 0;
    int sequence = op.isOverBatch() ? (int) whole(pieces, from + 10, 2) : 0;
    sequence += op.isOverTime() ? 0 : origin;
    int at = target.at(t);
    for (int i = 0; i < steps && columns > 0; i++) {
      for (int n = 0; n < sequences; n++) {
        row(arena, stream, time + i, sequence + n, at);
        at += columns;
      }
    }
  }

  private void row(FloatArena arena, long stream, int time, int sequence, int at) {
    float[] y = target.in(arena);
    for (int from = 0; from < columns; from += RandomWords.GROUP) {
      arena.kernels.words(stream, from / RandomWords.GROUP, time, sequence, words);
      int count = Math.min(RandomWords.GROUP, columns - from);
      for (int j = 0; j < count; j++) {
        y[at + from + j] = (words[j] >>> 8) * UNIT;
      }
    }
  }

  private static long whole(float[] pieces, int from, int count) {
    long whole = 0;
    for (int i = count - 1; i >= 0; i--) {
      whole = whole << 16 | (long) pieces[from + i];
    }
    return whole;
  }
}
