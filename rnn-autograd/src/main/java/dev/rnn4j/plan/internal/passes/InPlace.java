package dev.rnn4j.plan.internal.passes;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import dev.rnn4j.plan.internal.passes.Liveness.Access;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A value takes the place of one that nobody reads afterwards, element by element and time step by
 * time step: a gate that of its weighted sum, and its gradient that of the gate.
 */
final class InPlace {
  private final Liveness liveness;
  private final ListMultimap<Buffer, Access> accesses = ArrayListMultimap.create();
  private final Map<Buffer, Buffer> taken = new HashMap<>();

  /** Finds what can take whose place. */
  InPlace(Draft draft) {
    liveness = new Liveness(draft);
    liveness.buffers().forEach(buffer -> accesses.putAll(buffer, liveness.all(buffer)));
    for (Instruction top : draft.code()) {
      for (Instruction block : top.flat()) {
        find(block.parts(), top instanceof Instruction.Loop);
      }
    }
  }

  /** Lets results of a block take places; in a loop, what it reads again at each step stays. */
  private void find(List<Instruction> block, boolean loop) {
    List<Place> read = new ArrayList<>();
    for (Instruction part : block) {
      if (!part.mayReplace()) {
        return;
      }
      read.addAll(part.operands());
      for (Place x : read) {
        Buffer owner = taken.getOrDefault(x.buffer(), x.buffer());
        boolean steady = loop && x.perStep() == 0;
        if (!steady && canTake(part.target(), x.in(owner))) {
          merge(part.target().buffer(), owner);
          break;
        }
      }
    }
  }

  private boolean canTake(Place target, Place x) {
    Buffer from = x.buffer();
    Buffer to = target.buffer();
    boolean alike =
        from != to
            && liveness.passes(from)
            && liveness.passes(to)
            && from.size() == to.size()
            && !taken.containsKey(to)
            && target.perStep() == x.perStep()
            && target.layout().equals(x.layout());
    if (!alike) {
      return false;
    }
    Access birth = accesses.get(to).get(0);
    for (Access access : accesses.get(from)) {
      boolean before = access.at() < birth.at();
      boolean here = access.at() == birth.at() && access.part() <= birth.part();
      if (!before && !(here && access.place().in(to).covers(target))) {
        return false;
      }
    }
    return birth.writes()
        && accesses.get(to).stream()
            .allMatch(y -> y.at() != birth.at() || y.place().in(to).covers(target));
  }

  private void merge(Buffer to, Buffer owner) {
    taken.replaceAll((buffer, old) -> old == to ? owner : old);
    taken.put(to, owner);
    accesses.putAll(owner, accesses.get(to));
  }

  /** Returns an instruction with every value in its place. */
  Instruction apply(Instruction instruction) {
    return instruction.map(p -> p.in(taken.getOrDefault(p.buffer(), p.buffer())));
  }
}
