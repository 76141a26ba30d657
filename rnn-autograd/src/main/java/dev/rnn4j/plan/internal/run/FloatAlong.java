package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.run.FloatGather.Span;
import java.util.List;

/**
 * The code of a loop on one thread with what can run {@link dev.rnn4j.plan.internal.program.Along
 * along} with it: products are some steps ahead, and sums behind, so that their rows come from the
 * cache and not from memory. Several threads would have to wait for each other at every block.
 */
final class FloatAlong implements FloatCode {
  /** The rows that a product is ahead: enough for its weights to be worth reading. */
  private static final int AHEAD = 256;

  private final FloatGroup[] ahead;
  private final FloatLoop loop;
  private final FloatLongSums[] behind;

  FloatAlong(List<FloatGroup> ahead, FloatLoop loop, List<FloatLongSums> behind) {
    this.ahead = ahead.toArray(FloatGroup[]::new);
    this.loop = loop;
    this.behind = behind.toArray(FloatLongSums[]::new);
  }

  @Override
  public void run(FloatArena arena, int t) {
    arena.begin(Span.LOOP);
    int steps = loop.steps();
    for (int taken = 0; taken < steps; taken++) {
      for (FloatGroup product : ahead) {
        int rows = product.rows() / steps;
        int window = Math.max(1, AHEAD / rows);
        if (taken % window == 0) {
          int last = Math.min(steps, taken + window) - 1;
          int from = Math.min(loop.placeOf(taken), loop.placeOf(last));
          product.run(arena, t, from * rows, (last - taken + 1) * rows);
        }
      }
      loop.runStep(arena, taken);
      int place = loop.placeOf(taken);
      for (FloatLongSums sums : behind) {
        int rows = sums.rows() / steps;
        sums.run(arena, t, place * rows, (place + 1) * rows);
      }
    }
  }
}
