package dev.rnn4j.plan.internal.program;

import com.google.common.base.Joiner;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.tensor.Precision;
import java.util.List;

/** Programs in words. */
public final class Explain {
  private Explain() {}

  /** Returns numbered instructions with places and shapes, and what memory they take. */
  public static String of(Program program, Precision precision) {
    StringBuilder text = new StringBuilder();
    List<Instruction> code = program.instructions();
    text.append(
        String.format(
            "plan in %s: %d instructions to compute, %d to update, %d arrays%n",
            precision, program.split(), code.size() - program.split(), program.arrays().size()));
    for (int i = 0; i < code.size(); i++) {
      if (i == 0 && program.split() > 0) {
        text.append("compute\n");
      }
      if (i == program.split()) {
        text.append("update\n");
      }
      Instruction instruction = code.get(i);
      text.append(String.format("  %3d  ", i));
      append(text, instruction, "", "       ");
    }
    long bytes = program.memory().arrays() * precision.bytes();
    long saved = (program.memory().buffers() - program.memory().arrays()) * precision.bytes();
    text.append(String.format("work memory %d bytes; sharing saves %d bytes%n", bytes, saved));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static void append(
      StringBuilder text, Instruction instruction, String range, String indent) {
    if (instruction instanceof Instruction.Loop loop) {
      text.append(loop.name()).append('\n');
      append(text, loop.body(), loop.from(), loop.to(), indent + "  ");
    } else if (instruction instanceof Group group) {
      text.append("group").append(range).append('\n');
      for (Instruction product : group.products()) {
        text.append(indent).append("  ").append(line(product)).append('\n');
      }
    } else if (instruction instanceof Block block) {
      int from = block.body().stream().mapToInt(Instruction.Timed::from).min().orElseThrow();
      int to = block.body().stream().mapToInt(Instruction.Timed::to).max().orElseThrow();
      text.append("block").append(block.target().shape()).append(range).append('\n');
      append(text, block.body(), from, to, indent + "  ");
    } else {
      text.append(line(instruction)).append(range).append('\n');
    }
  }

  private static void append(
      StringBuilder text, List<Instruction.Timed> body, int from, int to, String indent) {
    for (Instruction.Timed entry : body) {
      boolean part = entry.from() != from || entry.to() != to;
      String range = part ? "  [t = " + entry.from() + " to " + entry.to() + "]" : "";
      text.append(indent);
      append(text, entry.instruction(), range, indent);
    }
  }

  private static String line(Instruction instruction) {
    return instruction.target()
        + " = "
        + instruction.name()
        + "("
        + Joiner.on(", ").join(instruction.operands())
        + ")  "
        + Graphs.title(instruction.node());
  }

  /**
   * Returns the error for the first NaN.
   *
   * @param t the time step of a loop, or {@link Trace#NO_STEP} outside all loops
   * @param element which element of the instruction's target is NaN
   */
  public static ArithmeticException notANumber(Instruction instruction, int t, int element) {
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
  public static IndexOutOfBoundsException badIndex(
      Instruction instruction, int t, IndexOutOfBoundsException e) {
    return new IndexOutOfBoundsException(at(instruction.node(), t) + ": " + e.getMessage());
  }

  private static String at(Node node, int step) {
    return Graphs.title(node) + (step == Trace.NO_STEP ? "" : " t=" + step);
  }
}
