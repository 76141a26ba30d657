package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.InBatch;
import dev.rnn4j.plan.internal.program.Instruction;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** The errors of runs, in the words of the graph. */
final class Failures {
  private Failures() {}

  /**
   * Returns the error for the first NaN.
   *
   * @param t the time step of a loop, or {@link Trace#NO_STEP} outside all loops
   * @param element which element of the instruction's target is NaN
   * @param firstNaN gives the position of the first NaN of an input or parameter
   */
  static ArithmeticException notANumber(
      Instruction instruction, int t, int element, Function<Node, OptionalInt> firstNaN) {
    Node node = instruction.node();
    int step = t;
    if (t == Trace.NO_STEP && node.step() != Trace.NO_STEP) {
      step = node.step() + element / node.shape().elements(); // batched over time
    }
    return new ArithmeticException(
        "the first NaN comes out of "
            + at(node, step)
            + ", "
            + node.shape()
            + node.family().source().map(of -> ", in the gradient of " + of).orElse("")
            + node.family().builtAt().map(line -> ", built at " + line).orElse("")
            + given(node, firstNaN));
  }

  /** Says which leaf that a node depends on has had NaN before. */
  private static String given(Node node, Function<Node, OptionalInt> firstNaN) {
    for (Node leaf : Graphs.topological(List.of(node))) {
      if (leaf.operands().isEmpty()) {
        OptionalInt position = firstNaN.apply(leaf);
        if (position.isPresent()) {
          return "; "
              + InBatch.nameOf(leaf)
              + " has it already, at "
              + InBatch.where(leaf, Trace.NO_STEP, position.getAsInt());
        }
      }
    }
    return "";
  }

  private static String at(Node node, int step) {
    return Graphs.title(node) + (step == Trace.NO_STEP ? "" : " t=" + step);
  }
}
