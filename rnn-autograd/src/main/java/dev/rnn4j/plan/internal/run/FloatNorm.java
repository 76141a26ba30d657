package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatBits;
import dev.rnn4j.plan.internal.program.Call;

/**
 * The code of a norm: the root of the sum that is its first operand, and only where that is out of
 * range a look at the elements, by the op itself.
 */
final class FloatNorm implements FloatCode {
  private final Call call;
  private final FloatSpot sum;
  private final FloatSpot target;

  /** What looks at the elements: it takes twice their memory, and is seldom needed. */
  private FloatCall scaled;

  FloatNorm(Call call) {
    this.call = call;
    sum = new FloatSpot(call.operands().get(0));
    target = new FloatSpot(call.target());
  }

  @Override
  public void run(FloatArena arena, int t) {
    float squares = sum.in(arena)[sum.at(t)];
    boolean inRange = squares >= FloatBits.LEAST_SQUARES && squares <= Float.MAX_VALUE;
    if (inRange || Float.isNaN(squares)) {
      target.in(arena)[target.at(t)] = (float) Math.sqrt(squares);
      return;
    }
    if (scaled == null) {
      scaled = new FloatCall(call);
    }
    scaled.run(arena, t);
  }
}
