package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.run.FloatGather.Span;

/** The code of a time loop: its instructions, each at its own range of time steps. */
final class FloatLoop implements FloatCode {
  private final FloatCode[] body;
  private final int[] first;
  private final int[] last;
  private final int from;
  private final int to;
  private final boolean ascending;

  FloatLoop(Instruction.Loop loop, FloatCode[] body) {
    this.body = body;
    first = loop.body().stream().mapToInt(Instruction.Timed::from).toArray();
    last = loop.body().stream().mapToInt(Instruction.Timed::to).toArray();
    from = loop.from();
    to = loop.to();
    ascending = loop.ascending();
  }

  @Override
  public void run(FloatArena arena, int t) {
    arena.begin(Span.LOOP);
    for (int i = 0; i < steps(); i++) {
      runStep(arena, i);
    }
  }

  /** Returns how many steps it takes. */
  int steps() {
    return to - from + 1;
  }

  /** Returns the place in time of a step that is taken, from 0 on. */
  int placeOf(int taken) {
    return ascending ? taken : to - from - taken;
  }

  /** Takes a step. */
  void runStep(FloatArena arena, int taken) {
    int t = from + placeOf(taken);
    for (int j = 0; j < body.length; j++) {
      if (first[j] <= t && t <= last[j]) {
        body[j].run(arena, t);
      }
    }
  }
}
