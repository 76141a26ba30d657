package dev.rnn4j.plan.internal.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs of instructions that need nothing of each other, as the gradients of several weights are:
 * threads may compute some of them each, in any order.
 */
public final class Phases {
  private Phases() {}

  /**
   * Returns instructions as phases, in their order.
   *
   * @param array what tells one array from another
   */
  public static List<List<Instruction>> of(List<Instruction> code, Function<Buffer, Object> array) {
    List<List<Instruction>> phases = new ArrayList<>();
    Set<Object> read = new HashSet<>();
    Set<Object> written = new HashSet<>();
    boolean open = false;
    for (Instruction instruction : code) {
      boolean joinable = joinable(instruction);
      Set<Object> reads = joinable ? arrays(instruction.operands().stream(), array) : Set.of();
      Set<Object> writes = joinable ? arrays(instruction.targets().stream(), array) : Set.of();
      if (!open
          || !joinable
          || !Collections.disjoint(reads, written)
          || !Collections.disjoint(writes, written)
          || !Collections.disjoint(writes, read)) {
        phases.add(new ArrayList<>());
        read.clear();
        written.clear();
      }
      phases.get(phases.size() - 1).add(instruction);
      read.addAll(reads);
      written.addAll(writes);
      open = joinable;
    }
    return phases;
  }

  /** Returns the arrays of places that are not tiles. */
  static <T> Set<T> arrays(Stream<Place> places, Function<Buffer, T> array) {
    return places
        .map(Place::buffer)
        .filter(buffer -> buffer.kind() != Buffer.Kind.TILE)
        .map(array)
        .collect(Collectors.toSet());
  }

  /** Returns whether an instruction may share a phase: not where it is long, or can fail. */
  private static boolean joinable(Instruction instruction) {
    return !(instruction instanceof Instruction.Loop
        || instruction instanceof Call
        || instruction instanceof Instruction.Lookup
        || instruction instanceof Instruction.Scatter);
  }
}
