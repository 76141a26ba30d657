package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.InBatch;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The errors of runs, in the words of the graph. */
final class Failures {
  /** Tells what an instruction read. */
  @FunctionalInterface
  interface Values {
    boolean isNaN(Buffer buffer, int position);
  }

  private Failures() {}

  /**
   * Returns the error for the first NaN.
   *
   * @param t the time step of a loop, or {@link Trace#NO_STEP} outside all loops
   * @param element which element of the instruction's target is NaN
   * @param distance how far it lies behind the first one
   * @param places where inputs and parameters lie
   */
  static ArithmeticException notANumber(
      Instruction instruction,
      int t,
      int element,
      int distance,
      Map<Node, Place> places,
      Values values) {
    Node node = instruction.node();
    int step = t;
    if (t == Trace.NO_STEP && node.step() != Trace.NO_STEP) {
      step = node.step() + distance / node.shape().elements(); // batched over time
    }
    StringBuilder text =
        new StringBuilder("the first NaN comes out of ")
            .append(at(node, step))
            .append(", ")
            .append(node.shape());
    node.family().source().ifPresent(of -> text.append(", in the gradient of ").append(of));
    node.family().builtAt().ifPresent(line -> text.append(", built at ").append(line));
    places.forEach(
        (leaf, place) -> {
          if (leaf instanceof Input || leaf instanceof Parameter) {
            read(instruction, t, element, place, values)
                .ifPresent(position -> text.append(given(leaf, position)));
          }
        });
    return new ArithmeticException(text.toString());
  }

  /** Returns the first NaN that an instruction read of a leaf. What is masked, nobody reads. */
  private static OptionalInt read(
      Instruction instruction, int t, int element, Place leaf, Values values) {
    boolean each =
        instruction instanceof Instruction.Elementwise || instruction instanceof Instruction.Copy;
    for (Place operand : instruction.operands()) {
      if (operand.buffer() == leaf.buffer()) {
        Layout layout = operand.at(t).layout();
        IntStream elements =
            each ? IntStream.of(element) : IntStream.range(0, operand.shape().elements());
        OptionalInt first =
            elements
                .map(layout::positionOf)
                .filter(position -> values.isNaN(leaf.buffer(), position))
                .findFirst();
        if (first.isPresent()) {
          return first;
        }
      }
    }
    return OptionalInt.empty();
  }

  private static String given(Node leaf, int position) {
    return "; "
        + InBatch.nameOf(leaf)
        + " is NaN at "
        + InBatch.where(leaf, Trace.NO_STEP, position);
  }

  private static String at(Node node, int step) {
    return Graphs.title(node) + (step == Trace.NO_STEP ? "" : " t=" + step);
  }
}
