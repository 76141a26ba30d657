package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** At which positions of a list each buffer is read or written. */
final class Touches {
  private final Map<Buffer, TreeSet<Integer>> positions = new HashMap<>();

  /** Notes all that instructions do. */
  static Touches of(List<Instruction> code) {
    Touches touches = new Touches();
    for (int i = 0; i < code.size(); i++) {
      touches.add(i, code.get(i));
    }
    return touches;
  }

  /** Notes what an instruction at a position does. */
  void add(int position, Instruction instruction) {
    for (Instruction each : instruction.flat()) {
      for (Place place : each.places()) {
        positions.computeIfAbsent(place.buffer(), absent -> new TreeSet<>()).add(position);
      }
    }
  }

  /** Returns the positions of a buffer, which may be changed. */
  TreeSet<Integer> of(Buffer buffer) {
    return positions.get(buffer);
  }

  /** Returns all buffers. */
  Set<Buffer> buffers() {
    return positions.keySet();
  }
}
