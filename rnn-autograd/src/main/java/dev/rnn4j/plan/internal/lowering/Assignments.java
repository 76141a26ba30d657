package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Copy;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of a program: leaves get their new values, all computed from the old ones. A new value is
 * computed in the leaf's own array where nobody can tell, and copied there otherwise.
 */
final class Assignments {
  private final Map<Place, Place> copies = new LinkedHashMap<>();
  private final Draft draft;
  private final Set<Buffer> lasting;
  private final List<Instruction> code;

  /** Begins with the instructions that compute the new values. */
  Assignments(Draft draft) {
    this.draft = draft;
    this.code = new ArrayList<>(draft.code());
    this.lasting = draft.lasting();
  }

  static boolean isLeaf(Buffer buffer) {
    return buffer.kind() == Buffer.Kind.INPUT || buffer.kind() == Buffer.Kind.WEIGHT;
  }

  /** Gives a leaf a new value; one that lies in another leaf is saved first. */
  void add(Place leaf, Place value) {
    Place from = value;
    if (isLeaf(value.buffer())) {
      from = Placement.work(leaf.buffer().source(), value.shape());
      code.add(new Copy(leaf.buffer().source(), from, value));
    }
    copies.put(leaf, from);
  }

  /** Returns the draft with the assignments at its end. */
  Draft draft() {
    copies.forEach(
        (leaf, value) -> {
          Buffer old = value.buffer();
          boolean only = copies.values().stream().filter(v -> v.buffer() == old).count() == 1;
          if (only && canComputeIn(leaf.buffer(), value)) {
            code.replaceAll(i -> i.map(p -> p.buffer() == old ? p.in(leaf.buffer()) : p));
          } else {
            code.add(new Copy(leaf.buffer().source(), leaf, value));
          }
        });
    return draft.with(code, draft.compute().size());
  }

  /**
   * Returns whether nobody reads a leaf's old value after its new one begins to be written, and its
   * new value but from the array itself: products read packed copies, which are still the old ones.
   */
  private boolean canComputeIn(Buffer leaf, Place value) {
    Buffer buffer = value.buffer();
    if (buffer.kind() != Buffer.Kind.WORK || !value.isWhole() || lasting.contains(buffer)) {
      return false;
    }
    boolean writing = false;
    for (int i = 0; i < code.size(); i++) {
      for (Instruction instruction : code.get(i).flat()) {
        boolean reads = instruction.operands().stream().anyMatch(x -> x.buffer() == leaf);
        boolean writes = instruction.target().buffer() == buffer;
        boolean early = i < draft.compute().size() || instruction != code.get(i);
        boolean inPlace =
            instruction instanceof Elementwise
                && instruction.operands().stream().allMatch(x -> x.buffer() != leaf || x.isWhole());
        boolean packs = instruction instanceof Product product && product.b().buffer() == buffer;
        if (packs
            || (writes && early)
            || instruction.target().buffer() == leaf
            || (reads && writing)
            || (reads && writes && !inPlace)) {
          return false;
        }
        writing |= writes;
      }
    }
    return true;
  }
}
