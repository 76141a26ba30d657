package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.plan.internal.program.Instruction;

/** The errors of runs, in the words of the graph. */
final class Failures {
  private Failures() {}

  /**
   * Returns the error for the first NaN.
   *
   * @param t the time step of a loop, or {@link Trace#NO_STEP} outside all loops
   * @param element which element of the instruction's target is NaN
   */
  static ArithmeticException notANumber(Instruction instruction, int t, int element) {
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
            + node.family().line().map(line -> ", built at " + line).orElse(""));
  }

  /**
   * Returns the error for an index that is none, with the place of the instruction that reads it.
   *
   * @param t the time step of a loop, or {@link Trace#NO_STEP} outside all loops
   * @param e the kernel's words
   */
  static IndexOutOfBoundsException badIndex(
      Instruction instruction, int t, IndexOutOfBoundsException e) {
    return new IndexOutOfBoundsException(at(instruction.node(), t) + ": " + e.getMessage());
  }

  private static String at(Node node, int step) {
    return Graphs.title(node) + (step == Trace.NO_STEP ? "" : " t=" + step);
  }
}
