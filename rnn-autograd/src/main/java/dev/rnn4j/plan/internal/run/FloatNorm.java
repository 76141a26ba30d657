package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatBits;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import java.util.List;

/**
 * The code of a norm: the root of the sum that is its first operand, and only where that is out of
 * range a look at the elements.
 */
final class FloatNorm implements FloatCode {
  private final List<Place> operands;
  private final Place target;

  FloatNorm(Instruction.Call call) {
    operands = call.operands();
    target = call.target();
  }

  @Override
  public void run(FloatArena arena, int t) {
    float sum = arena.arrays[operands.get(0).buffer().slot()][begin(operands.get(0), t)];
    boolean inRange = sum >= FloatBits.LEAST_SQUARES && sum <= Float.MAX_VALUE;
    boolean root = inRange || Float.isNaN(sum);
    arena.arrays[target.buffer().slot()][begin(target, t)] =
        root ? (float) Math.sqrt(sum) : scaled(arena, t);
  }

  private static int begin(Place place, int t) {
    return place.layout().offset() + t * place.perStep();
  }

  private float scaled(FloatArena arena, int t) {
    float largest = 0;
    for (int i = 1; i < operands.size(); i++) {
      float[] x = arena.arrays[operands.get(i).buffer().slot()];
      int begin = begin(operands.get(i), t);
      int end = begin + operands.get(i).shape().elements();
      for (int j = begin; j < end; j++) {
        largest = Math.max(largest, Math.abs(x[j]));
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
    double sum = 0;
    for (int i = 1; i < operands.size(); i++) {
      float[] x = arena.arrays[operands.get(i).buffer().slot()];
      int begin = begin(operands.get(i), t);
      int end = begin + operands.get(i).shape().elements();
      for (int j = begin; j < end; j++) {
        sum += x[j] * scale * (x[j] * scale);
      }
    }
    return sum;
  }
}
