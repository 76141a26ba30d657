package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Trace;
import dev.rnn4j.runtime.Team;

/**
 * The code of an instruction in parts, each with scratch of its own, for the threads of a team.
 *
 * @param arenas those of the parts, in their order
 */
record FloatSplit(FloatCode[] parts, FloatArena[] arenas) implements FloatCode, Team.Job {
  @Override
  public void run(FloatArena arena, int t) {
    arena.team.run(this, parts.length);
  }

  @Override
  public void part(int index) {
    parts[index].run(arenas[index], Trace.NO_STEP);
  }
}
