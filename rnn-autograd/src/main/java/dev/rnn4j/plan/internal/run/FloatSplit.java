package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Trace;
import java.util.List;

/** The code of an instruction in parts, each with scratch of its own, for the threads of a team. */
final class FloatSplit implements FloatCode, Team.Job {
  private final FloatCode[] parts;
  private final FloatArena[] arenas;

  /** Creates the code; part i has arena i. */
  FloatSplit(FloatCode[] parts, List<FloatArena> arenas) {
    this.parts = parts;
    this.arenas = arenas.toArray(FloatArena[]::new);
  }

  @Override
  public void run(FloatArena arena, int t) {
    arena.team.run(this, parts.length);
  }

  @Override
  public void part(int index) {
    parts[index].run(arenas[index], Trace.NO_STEP);
  }
}
