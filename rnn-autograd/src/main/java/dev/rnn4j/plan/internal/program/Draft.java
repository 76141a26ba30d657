package dev.rnn4j.plan.internal.program;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Pass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A program whose buffers have no arrays yet, in two parts: the first may run without the second.
 *
 * @param compute the instructions of the first part, in order
 * @param update those of the second
 * @param places where inputs, parameters and outputs lie; these keep their values to the end
 * @param passes the passes of the compiler that are not left out
 */
public record Draft(
    List<Instruction> compute,
    List<Instruction> update,
    Map<Node, Place> places,
    Set<Pass> passes) {
  /** Returns all instructions, in order. */
  public List<Instruction> code() {
    return ImmutableList.<Instruction>builder().addAll(compute).addAll(update).build();
  }

  /** Returns the buffers that must keep their values to the end. */
  public Set<Buffer> lasting() {
    return places.values().stream().map(Place::buffer).collect(ImmutableSet.toImmutableSet());
  }

  /** Returns this draft with other instructions, of which the first part has so many. */
  public Draft with(List<Instruction> code, int split) {
    return new Draft(code.subList(0, split), code.subList(split, code.size()), places, passes);
  }

  /** Returns this draft with both parts changed. */
  public Draft map(UnaryOperator<List<Instruction>> change) {
    return new Draft(change.apply(compute), change.apply(update), places, passes);
  }

  /** Returns this draft with each instruction changed. */
  public Draft each(UnaryOperator<Instruction> change) {
    return map(code -> code.stream().map(change).toList());
  }
}
