package dev.rnn4j.plan.internal.program;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
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
 * @param nodes how many nodes the graph has
 */
public record Draft(
    List<Instruction> compute,
    List<Instruction> update,
    Map<Node, Place> places,
    Set<Pass> passes,
    int nodes) {
  /** The most instructions of what is taken for one time step. */
  private static final int LONGEST = 256;

  /** The most elements that they write: in another order, more of them may be there at once. */
  private static final int LARGEST = 1 << 18;

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
    return new Draft(
        code.subList(0, split), code.subList(split, code.size()), places, passes, nodes);
  }

  /** Returns this draft with each instruction changed. */
  public Draft each(UnaryOperator<Instruction> change) {
    return parts(code -> code.stream().map(change).toList());
  }

  /** Returns this draft with the body of each loop changed. */
  public Draft loops(UnaryOperator<List<Timed>> change) {
    return each(i -> i instanceof Loop loop ? loop.with(change.apply(loop.body())) : i);
  }

  /**
   * Returns this draft with each time step changed: the body of each loop, and all of a program
   * without loops, as a stream has it, unless that is long, as a sequence unrolled in the graph, or
   * large: its values would no longer share memory as they do in the order of the graph.
   */
  public Draft steps(UnaryOperator<List<Timed>> change) {
    boolean loops = compute.stream().anyMatch(Loop.class::isInstance);
    return loops || compute.size() > LONGEST || written() > LARGEST
        ? loops(change)
        : new Draft(timed(compute, change), update, places, passes, nodes);
  }

  private long written() {
    return compute.stream()
        .flatMap(instruction -> instruction.targets().stream())
        .mapToLong(target -> target.shape().elements())
        .sum();
  }

  /** Returns this draft with all that runs one after the other changed: loops, then both parts. */
  public Draft lists(UnaryOperator<List<Timed>> change) {
    return loops(change).parts(code -> timed(code, change));
  }

  private static List<Instruction> timed(
      List<Instruction> code, UnaryOperator<List<Timed>> change) {
    List<Timed> timed = code.stream().map(Timed::always).toList();
    return change.apply(timed).stream().map(Timed::instruction).toList();
  }

  private Draft parts(UnaryOperator<List<Instruction>> change) {
    return new Draft(change.apply(compute), change.apply(update), places, passes, nodes);
  }
}
