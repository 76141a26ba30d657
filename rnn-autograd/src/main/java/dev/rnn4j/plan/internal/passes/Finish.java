package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.check.Verifier;
import dev.rnn4j.plan.internal.program.Draft;
import java.util.Set;

/** The passes over instructions that are written, in their order. */
public final class Finish {
  private Finish() {}

  /** Returns a draft after all passes, each of them watched. */
  public static Draft of(Draft written, Verifier verifier) {
    Set<Pass> passes = written.passes();
    Draft draft = verifier.after("lowering", written);
    if (passes.contains(Pass.SINK)) {
      draft = verifier.after("sinking", new Sinking(draft).draft());
    }
    if (passes.contains(Pass.SHARE)) {
      draft = verifier.after("one slot", draft.each(new OneSlot(draft)::apply));
    }
    if (passes.contains(Pass.PAIR)) {
      draft = verifier.after("pairs", draft.lists(new Pairs(draft)::join));
    }
    if (passes.contains(Pass.FUSE)) {
      draft = verifier.after("clusters", draft.steps(Clusters::of));
      draft = verifier.after("blocks", draft.lists(new Blocks(draft)::fuse));
    }
    if (passes.contains(Pass.GROUP)) {
      draft = verifier.after("groups", draft.steps(Groups::of));
    }
    if (passes.contains(Pass.SHARE)) {
      draft = verifier.after("in place", draft.each(new InPlace(draft)::apply));
    }
    return draft;
  }
}
