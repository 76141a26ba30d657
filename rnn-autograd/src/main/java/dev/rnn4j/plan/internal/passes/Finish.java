package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.program.Draft;
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
      draft = draft.lists(new Pairs(draft)::join);
    }
    if (passes.contains(Pass.FUSE)) {
      draft = draft.loops(Clusters::of);
      draft = draft.lists(new Blocks(draft)::fuse);
    }
    if (passes.contains(Pass.GROUP)) {
      draft = draft.loops(Groups::of);
    }
    return passes.contains(Pass.SHARE) ? draft.each(new InPlace(draft)::apply) : draft;
  }
}
