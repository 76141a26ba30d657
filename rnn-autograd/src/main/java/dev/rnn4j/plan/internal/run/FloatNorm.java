package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatBits;
import dev.rnn4j.plan.internal.program.Call;

/**
 * The code of a norm: the root of the sum that is its first operand, and only where that is out of
 * range a look at the elements.
 */
final class FloatNorm implements FloatCode {
  private final FloatSpot sum;
  private final FloatSpot target;
  private final FloatSpot[] parts;
  private final int[] sizes;

  FloatNorm(Call call) {
    sum = new FloatSpot(call.operands().get(0));
    target = new FloatSpot(call.target());
    parts = call.operands().stream().skip(1).map(FloatSpot::new).toArray(FloatSpot[]::new);
    sizes = call.operands().stream().skip(1).mapToInt(p -> p.shape().elements()).toArray();
  }

  @Override
  public void run(FloatArena arena, int t) {
    float squares = sum.in(arena)[sum.at(t)];
    boolean inRange = squares >= FloatBits.LEAST_SQUARES && squares <= Float.MAX_VALUE;
    boolean root = inRange || Float.isNaN(squares);
    target.in(arena)[target.at(t)] = root ? (float) Math.sqrt(squares) : scaled(arena, t);
  }

  private float scaled(FloatArena arena, int t) {
    float largest = 0;
    for (int i = 0; i < parts.length; i++) {
      float[] x = parts[i].in(arena);
      for (int j = 0; j < sizes[i]; j++) {
        largest = Math.max(largest, Math.abs(x[parts[i].at(t) + j]));
      }
    }
    if (!(largest > 0 && largest < Float.POSITIVE_INFINITY)) {
      return largest;
    }
    int exponent = Math.getExponent((double) largest);
    return (float) Math.scalb(Math.sqrt(squares(arena, t, exponent)), exponent);
  }

  /** Returns the sum of the squares of the elements divided by a power of two. */
  private double squares(FloatArena arena, int t, int exponent) {
    double scale = Math.scalb(1.0, -exponent);
    double squares = 0;
    for (int i = 0; i < parts.length; i++) {
      float[] x = parts[i].in(arena);
      for (int j = 0; j < sizes[i]; j++) {
        double each = x[parts[i].at(t) + j] * scale;
        squares += each * each;
      }
    }
    return squares;
  }
}
