package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import java.util.Set;

/** The passes over instructions that are written, in their order. */
public final class Finish {
  private Finish() {}

  /** Returns a draft after all passes. */
  public static Draft of(Draft written) {
    Set<Pass> passes = written.passes();
    Draft draft = passes.contains(Pass.SINK) ? new Sinking(written).draft() : written;
    if (passes.contains(Pass.SHARE)) {
      draft = draft.each(new OneSlot(draft)::apply);
    }
    if (passes.contains(Pass.PAIR)) {
      draft = draft.map(new Pairs(draft)::join);
    }
    if (passes.contains(Pass.FUSE)) {
      draft = draft.each(i -> i instanceof Loop loop ? Clusters.of(loop) : i);
      draft = draft.map(new Blocks(draft)::fuse);
    }
    if (passes.contains(Pass.GROUP)) {
      draft = draft.each(i -> i instanceof Loop loop ? Groups.of(loop) : i);
    }
    return passes.contains(Pass.SHARE) ? draft.each(new InPlace(draft)::apply) : draft;
  }
}
