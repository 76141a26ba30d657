package dev.rnn4j.plan.internal;

/** The code of one instruction. It is shared by all arenas, and holds no state. */
interface FloatCode {
  void run(FloatArena arena);
}
