package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who reads and writes each buffer, where in the program, and so until when its value is needed.
 */
final class Liveness {
  /**
   * One reading or writing. What adds to its target reads it, and then writes it.
   *
   * @param at the position of the instruction, or of the loop that it is in, among all
   * @param inLoop the position of the instruction in the loop
   * @param part the number of the instruction, or of the part of a block, among all
   */
  record Access(int at, int inLoop, int part, Place place, boolean writes) {}

  /** By buffer and position, in order. */
  private final Map<Buffer, NavigableMap<Integer, List<Access>>> accesses = new LinkedHashMap<>();

  private final Set<Buffer> lasting;
  private int parts;

  /** Notes what a draft does. */
  Liveness(Draft draft) {
    this(draft.code(), draft.lasting());
  }

  private Liveness(List<Instruction> code, Set<Buffer> lasting) {
    this.lasting = lasting;
    for (int at = 0; at < code.size(); at++) {
      add(at, code.get(at));
    }
  }

  /** Returns what instructions do that run one after the other. */
  Liveness of(List<Timed> code) {
    return new Liveness(code.stream().map(Timed::instruction).toList(), lasting);
  }

  /** Notes what an instruction does that comes to a position. */
  void add(int at, Instruction instruction) {
    List<Instruction> flat = instruction.flat();
    for (int i = 0; i < flat.size(); i++) {
      for (Instruction part : flat.get(i).parts()) {
        for (Access access : accesses(at, i, parts++, part)) {
          accesses
              .computeIfAbsent(access.place().buffer(), absent -> new TreeMap<>())
              .computeIfAbsent(at, absent -> new ArrayList<>())
              .add(access);
        }
      }
    }
  }

  private static List<Access> accesses(int at, int inLoop, int part, Instruction instruction) {
    List<Access> all = new ArrayList<>();
    instruction.operands().forEach(x -> all.add(new Access(at, inLoop, part, x, false)));
    Place target = instruction.target();
    if (instruction.accumulates()) {
      all.add(new Access(at, inLoop, part, target, false));
    }
    all.add(new Access(at, inLoop, part, target, true));
    return all;
  }

  /** Forgets the instruction at a position, which is no longer there. */
  void remove(int at, Instruction instruction) {
    instruction.places().forEach(place -> accesses.get(place.buffer()).remove(at));
  }

  /** Returns the buffers that are read or written. */
  Set<Buffer> buffers() {
    return accesses.keySet();
  }

  /** Returns all that is done with a buffer, by position. */
  NavigableMap<Integer, List<Access>> of(Buffer buffer) {
    return accesses.get(buffer);
  }

  /** Returns all that is done with a buffer, in order. */
  List<Access> all(Buffer buffer) {
    return of(buffer).values().stream().flatMap(Collection::stream).toList();
  }

  /** Returns whether instructions fill a buffer whose value nobody needs when all have run. */
  boolean passes(Buffer buffer) {
    return buffer.kind() == Buffer.Kind.WORK && !lasting.contains(buffer);
  }

  /**
   * Returns the buffers that nothing but these instructions touches, always at the same place, and
   * at every time step writes before it reads: whoever can do without writing them down may do so.
   */
  Set<Buffer> temporaries(List<Timed> code) {
    Map<Buffer, Value> values = new LinkedHashMap<>();
    for (Timed entry : code) {
      if (!(entry.instruction() instanceof Loop)) {
        for (Access access : accesses(0, 0, 0, entry.instruction())) {
          Place place = access.place();
          values.computeIfAbsent(place.buffer(), absent -> new Value(place)).include(access, entry);
        }
      }
    }
    Set<Buffer> temporaries = new HashSet<>();
    values.forEach(
        (buffer, value) -> {
          if (value.even && passes(buffer) && value.count == all(buffer).size()) {
            temporaries.add(buffer);
          }
        });
    return temporaries;
  }

  /** A buffer as instructions touch it, one after the other. */
  private static final class Value {
    private final Place place;
    private int count;

    /** Whether all is done at one place, and is read where it has been written. */
    private boolean even = true;

    /** The time steps at which it has been written. */
    private int from = 1;

    private int to;

    Value(Place place) {
      this.place = place;
    }

    void include(Access access, Timed by) {
      count++;
      even &= access.place().covers(place);
      if (!access.writes()) {
        even &= from <= by.from() && by.to() <= to;
        return;
      }
      boolean none = from > to;
      if (none || by.from() <= to + 1L && from <= by.to() + 1L) {
        from = none ? by.from() : Math.min(from, by.from());
        to = none ? by.to() : Math.max(to, by.to());
      }
    }
  }
}
