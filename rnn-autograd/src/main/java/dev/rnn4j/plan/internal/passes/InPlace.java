package dev.rnn4j.plan.internal.passes;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value takes the place of one that nobody reads afterwards, element by element and time step by
 * time step: a gate that of its weighted sum, and its gradient that of the gate.
 */
final class InPlace {
  /** One access, at the position of an instruction among all. */
  private record Touch(int top, int position, Place place, boolean writes) {}

  private final Set<Buffer> lasting;
  private final ListMultimap<Buffer, Touch> touches = ArrayListMultimap.create();
  private final Map<Buffer, Buffer> taken = new HashMap<>();

  /** Finds what can take whose place. */
  InPlace(Draft draft) {
    lasting = draft.lasting();
    List<Instruction> code = draft.code();
    int position = 0;
    for (int top = 0; top < code.size(); top++) {
      for (Instruction instruction : code.get(top).flat()) {
        for (Instruction part : instruction.parts()) {
          for (Place x : part.operands()) {
            touches.put(x.buffer(), new Touch(top, position, x, false));
          }
          Place target = part.target();
          touches.put(target.buffer(), new Touch(top, position, target, true));
          position++;
        }
      }
    }
    for (Instruction top : code) {
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
            && from.kind() == Buffer.Kind.WORK
            && to.kind() == Buffer.Kind.WORK
            && from.size() == to.size()
            && !lasting.contains(from)
            && !lasting.contains(to)
            && !taken.containsKey(to)
            && target.perStep() == x.perStep()
            && target.layout().equals(x.layout());
    if (!alike) {
      return false;
    }
    Touch birth = touches.get(to).get(0);
    for (Touch touch : touches.get(from)) {
      boolean before = touch.top() < birth.top();
      boolean here = touch.top() == birth.top() && touch.position() <= birth.position();
      if (!before && !(here && touch.place().in(to).covers(target))) {
        return false;
      }
    }
    return birth.writes()
        && touches.get(to).stream()
            .allMatch(y -> y.top() != birth.top() || y.place().in(to).covers(target));
  }

  private void merge(Buffer to, Buffer owner) {
    taken.replaceAll((buffer, old) -> old == to ? owner : old);
    taken.put(to, owner);
    touches.putAll(owner, touches.get(to));
  }

  /** Returns an instruction with every value in its place. */
  Instruction apply(Instruction instruction) {
    return instruction.map(p -> p.in(taken.getOrDefault(p.buffer(), p.buffer())));
  }
}
