package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;

/** Code that stops where its instruction's result holds the first NaN. */
final class FloatNaNCheck implements FloatCode {
  private final Instruction instruction;
  private final FloatCode code;
  private final int slot;
  private final int offset;
  private final int perStep;
  private final int count;

  FloatNaNCheck(Instruction instruction, FloatCode code) {
    this.instruction = instruction;
    this.code = code;
    Place target = instruction.target();
    slot = target.buffer().slot();
    offset = target.layout().offset();
    perStep = target.perStep();
    count = target.layout().isDense() ? target.shape().elements() : 0;
  }

  @Override
  public void run(FloatArena arena, int t) {
    code.run(arena, t);
    float[] values = arena.arrays[slot];
    int begin = offset + t * perStep;
    for (int i = begin; i < begin + count; i++) {
      if (Float.isNaN(values[i])) {
        throw Failures.notANumber(instruction, t, i - begin);
      }
    }
  }
}
