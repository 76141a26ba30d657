package dev.rnn4j.plan.internal.run;

/** The code of one instruction, bound to places that move with the time step. */
interface FloatCode {
  void run(FloatArena arena, int t);
}
