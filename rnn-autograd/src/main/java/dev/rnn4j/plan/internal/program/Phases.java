package dev.rnn4j.plan.internal.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs of instructions that need nothing of each other, as the gradients of several weights are:
 * threads may compute some of them each, in any order.
 */
public final class Phases {
  private final Function<Buffer, Object> array;
  private final List<List<Instruction>> phases = new ArrayList<>();
  private final Set<Object> read = new HashSet<>();
  private final Set<Object> written = new HashSet<>();

  private Phases(Function<Buffer, Object> array) {
    this.array = array;
  }

  /**
   * Returns instructions as phases, in their order.
   *
   * @param array what tells one array from another
   */
  public static List<List<Instruction>> of(List<Instruction> code, Function<Buffer, Object> array) {
    Phases phases = new Phases(array);
    code.forEach(phases::add);
    return phases.phases;
  }

  private void add(Instruction instruction) {
    if (phases.isEmpty() || !joins(instruction)) {
      phases.add(new ArrayList<>());
      read.clear();
      written.clear();
    }
    phases.get(phases.size() - 1).add(instruction);
    if (joinable(instruction)) {
      read.addAll(arrays(instruction.operands()));
      written.addAll(arrays(instruction.targets()));
    }
  }

  private boolean joins(Instruction instruction) {
    List<Instruction> last = phases.get(phases.size() - 1);
    return joinable(instruction)
        && joinable(last.get(0))
        && Collections.disjoint(arrays(instruction.operands()), written)
        && Collections.disjoint(arrays(instruction.targets()), written)
        && Collections.disjoint(arrays(instruction.targets()), read);
  }

  private List<Object> arrays(List<Place> places) {
    return places.stream()
        .map(Place::buffer)
        .filter(buffer -> buffer.kind() != Buffer.Kind.TILE)
        .map(array)
        .toList();
  }

  /** Returns whether an instruction may share a phase: not where it is long, or can fail. */
  private static boolean joinable(Instruction instruction) {
    return !(instruction instanceof Instruction.Loop
        || instruction instanceof Call
        || instruction instanceof Instruction.Lookup
        || instruction instanceof Instruction.Scatter);
  }
}
