package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.op.RandomUniform;
import dev.rnn4j.kernel.RandomWords;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.tensor.Shape;

/** The code of random numbers, row by row. */
final class FloatDraw implements FloatCode {
  private static final float UNIT = (float) 0x1p-24;

  private final RandomUniform op;
  private final int origin;
  private final int steps;
  private final int sequences;
  private final int columns;
  private final int keySlot;
  private final int keyOffset;
  private final int keyStep;
  private final int to;
  private final int toOffset;
  private final int toStep;
  private final int[] words = new int[RandomWords.GROUP];

  /** Creates the code for one arena: it keeps that arena's scratch. */
  FloatDraw(Instruction.Draw draw) {
    op = draw.op();
    origin = draw.origin();
    Shape shape = draw.target().shape();
    steps = op.isOverTime() ? shape.size(0) : 1;
    sequences = op.isOverBatch() ? shape.size(op.isOverTime() ? 1 : 0) : 1;
    columns = shape.elements() == 0 ? 0 : shape.elements() / (steps * sequences);
    keySlot = draw.key().buffer().slot();
    keyOffset = draw.key().layout().offset();
    keyStep = draw.key().perStep();
    to = draw.target().buffer().slot();
    toOffset = draw.target().layout().offset();
    toStep = draw.target().perStep();
  }

  @Override
  public void run(FloatArena arena, int t) {
    float[] pieces = arena.arrays[keySlot];
    int from = keyOffset + t * keyStep;
    long key = op.streamKey(whole(pieces, from, 4), whole(pieces, from + 4, 4), words);
    int time = op.isOverTime() ? (int) whole(pieces, from + 8, 2) + origin : 0;
    int sequence = op.isOverBatch() ? (int) whole(pieces, from + 10, 2) : 0;
    sequence += op.isOverTime() ? 0 : origin;
    int at = toOffset + t * toStep;
    for (int i = 0; i < steps && columns > 0; i++) {
      for (int n = 0; n < sequences; n++) {
        row(arena, key, time + i, sequence + n, at);
        at += columns;
      }
    }
  }

  private void row(FloatArena arena, long key, int time, int sequence, int at) {
    float[] y = arena.arrays[to];
    for (int from = 0; from < columns; from += RandomWords.GROUP) {
      arena.kernels.words(key, from / RandomWords.GROUP, time, sequence, words);
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
