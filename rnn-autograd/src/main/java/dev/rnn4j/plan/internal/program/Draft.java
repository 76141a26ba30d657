package dev.rnn4j.plan.internal.program;

import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.passes.MemoryPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program whose buffers have no arrays yet.
 *
 * @param code all instructions, in order
 * @param split how many of them belong to {@code compute}
 * @param places where inputs, parameters and outputs lie
 * @param lasting buffers that must keep their value to the end
 * @param passes the passes of the compiler that were not left out
 */
public record Draft(
    List<Instruction> code,
    int split,
    Map<Node, Place> places,
    Set<Buffer> lasting,
    Set<Pass> passes) {
  /** Returns the program, with an array for each buffer. */
  public Program program() {
    MemoryPlan memory = new MemoryPlan(code, lasting, passes.contains(Pass.SHARE));
    return new Program(code, split, memory.arrays(), places, memory.summary(), passes);
  }
}
