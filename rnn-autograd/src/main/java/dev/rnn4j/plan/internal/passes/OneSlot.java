package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a loop hands on from one time step to the next, and nobody reads later, takes one slot: the
 * gradient of the state, which is read before the next one is written.
 */
final class OneSlot {
  private final Set<Buffer> squeezed = new HashSet<>();
  private final Map<Buffer, Buffer> slots = new HashMap<>();

  /** Finds what needs no more than one slot. */
  OneSlot(Draft draft) {
    List<Instruction> code = draft.code();
    Liveness liveness = new Liveness(draft);
    for (Buffer buffer : liveness.buffers()) {
      Set<Integer> at = liveness.of(buffer).keySet();
      if (liveness.passes(buffer)
          && at.size() == 1
          && code.get(at.iterator().next()) instanceof Loop loop
          && isReadInTime(buffer, loop)) {
        squeezed.add(buffer);
      }
    }
  }

  private static boolean isReadInTime(Buffer buffer, Loop loop) {
    Place written =
        loop.flat().stream()
            .map(Instruction::target)
            .filter(target -> target.buffer() == buffer)
            .findFirst()
            .orElse(null);
    if (written == null || written.perStep() != written.shape().elements()) {
      return false;
    }
    Place before = written.back(loop.ascending() ? 1 : -1);
    boolean begun = false;
    for (Instruction instruction : loop.flat()) {
      boolean writes = instruction.target().buffer() == buffer;
      for (Place x : instruction.operands()) {
        boolean previous = x.covers(before);
        boolean early = !begun && (!writes || instruction.mayReplace());
        if (x.buffer() == buffer && !(previous ? early : begun && x.covers(written))) {
          return false;
        }
      }
      if (writes && !instruction.target().covers(written)) {
        return false;
      }
      begun |= writes;
    }
    return true;
  }

  /** Returns an instruction with one slot for what needs no more. */
  Instruction apply(Instruction instruction) {
    return instruction.map(this::squeezed);
  }

  private Place squeezed(Place p) {
    return squeezed.contains(p.buffer())
        ? p.still(slots.computeIfAbsent(p.buffer(), buffer -> slot(buffer, p)))
        : p;
  }

  private static Buffer slot(Buffer buffer, Place place) {
    return new Buffer(Buffer.Kind.WORK, place.shape().elements(), buffer.source());
  }
}
