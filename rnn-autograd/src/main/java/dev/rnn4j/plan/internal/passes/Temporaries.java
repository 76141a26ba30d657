package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that live among a few instructions only: whoever can do without writing them down may do
 * so.
 */
final class Temporaries {
  /** A buffer as instructions touch it, one after the other. */
  private static final class Life {
    private final Place place;
    private int count;
    private boolean even = true;

    /** The time steps at which it has a value. */
    private int from = 1;

    private int to;

    Life(Place place) {
      this.place = place;
    }

    void touch(Place x, boolean hasValue) {
      even &= x.covers(place) && hasValue;
      count++;
    }

    boolean hasValue(Timed reader) {
      return from <= reader.from() && reader.to() <= to;
    }

    void write(Timed writer) {
      boolean none = from > to;
      if (none || writer.from() <= to + 1L && from <= writer.to() + 1L) {
        from = none ? writer.from() : Math.min(from, writer.from());
        to = none ? writer.to() : Math.max(to, writer.to());
      }
    }
  }

  private final Set<Buffer> lasting;
  private final Map<Buffer, Integer> touches = new HashMap<>();

  /** Prepares to find them. */
  Temporaries(Draft draft) {
    lasting = draft.lasting();
    for (Instruction top : draft.code()) {
      for (Instruction instruction : top.flat()) {
        instruction.places().forEach(place -> touches.merge(place.buffer(), 1, Integer::sum));
      }
    }
  }

  /**
   * Returns the buffers that nothing but these instructions touches, always at the same place, and
   * at every time step writes before it reads.
   */
  Set<Buffer> in(List<Timed> code) {
    Map<Buffer, Life> lives = new HashMap<>();
    for (Timed entry : code) {
      Instruction instruction = entry.instruction();
      if (instruction instanceof Loop) {
        continue;
      }
      for (Place x : instruction.operands()) {
        Life life = lives.computeIfAbsent(x.buffer(), absent -> new Life(x));
        life.touch(x, life.hasValue(entry));
      }
      for (Place y : instruction.targets()) {
        Life life = lives.computeIfAbsent(y.buffer(), absent -> new Life(y));
        life.touch(y, !instruction.accumulates() || life.hasValue(entry));
        life.write(entry);
      }
    }
    Set<Buffer> temporaries = new HashSet<>();
    lives.forEach(
        (buffer, life) -> {
          boolean own = life.even && life.count == touches.get(buffer);
          if (own && buffer.kind() == Buffer.Kind.WORK && !lasting.contains(buffer)) {
            temporaries.add(buffer);
          }
        });
    return temporaries;
  }
}
