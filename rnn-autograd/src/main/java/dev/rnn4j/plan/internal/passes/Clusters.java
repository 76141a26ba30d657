package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The order of instructions within a time step: elementwise ones over one shape stand together
 * where nothing keeps them apart, and so do products, those of one left side side by side.
 */
final class Clusters {
  private Clusters() {}

  /** Returns the body of a loop with its instructions in clusters. */
  static List<Timed> of(List<Timed> body) {
    List<BitSet> needs = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      BitSet needed = new BitSet();
      for (int j = 0; j < i; j++) {
        needed.set(j, mustFollow(body.get(j).instruction(), body.get(i).instruction()));
      }
      needs.add(needed);
    }
    BitSet done = new BitSet();
    List<Timed> ordered = new ArrayList<>();
    while (ordered.size() < body.size()) {
      Timed last = ordered.isEmpty() ? null : ordered.get(ordered.size() - 1);
      int chosen = -1;
      int best = Integer.MAX_VALUE;
      for (int i = 0; i < body.size(); i++) {
        BitSet open = (BitSet) needs.get(i).clone();
        open.andNot(done);
        if (!done.get(i) && open.isEmpty() && order(last, body.get(i)) < best) {
          chosen = i;
          best = order(last, body.get(i));
        }
      }
      done.set(chosen);
      ordered.add(body.get(chosen));
    }
    return ordered;
  }

  /** Returns how soon an instruction comes: what is like the last one, then products. */
  private static int order(Timed last, Timed next) {
    if (last != null && areAlike(last.instruction(), next.instruction())) {
      return haveOneLeftSide(last.instruction(), next.instruction()) ? 0 : 1;
    }
    return next.instruction() instanceof Elementwise ? 3 : 2;
  }

  private static boolean areAlike(Instruction a, Instruction b) {
    boolean elementwise = a instanceof Elementwise;
    return elementwise == b instanceof Elementwise
        && (!elementwise || a.target().shape().equals(b.target().shape()));
  }

  private static boolean haveOneLeftSide(Instruction a, Instruction b) {
    return a instanceof Product x && b instanceof Product y && x.a().equals(y.a());
  }

  private static boolean mustFollow(Instruction first, Instruction second) {
    return meet(first.targets(), second.places()) || meet(second.targets(), first.operands());
  }

  private static boolean meet(List<Place> written, List<Place> touched) {
    return written.stream().anyMatch(y -> touched.stream().anyMatch(x -> !x.isApartFrom(y)));
  }
}
