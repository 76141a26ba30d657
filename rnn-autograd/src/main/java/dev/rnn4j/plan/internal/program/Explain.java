package dev.rnn4j.plan.internal.program;

import com.google.common.base.Joiner;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.tensor.Precision;
import java.util.List;
import java.util.Locale;

/** Programs in words. */
public final class Explain {
  private Explain() {}

  /** Returns numbered instructions with places and shapes, and what memory they take. */
  public static String of(Program program, Precision precision) {
    StringBuilder text = new StringBuilder();
    List<Instruction> code = program.instructions();
    text.append(
        String.format(
            Locale.ROOT,
            "plan in %s: %d instructions to compute, %d to update, %d arrays%n",
            precision,
            program.split(),
            code.size() - program.split(),
            program.arrays().size()));
    for (int i = 0; i < code.size(); i++) {
      if (i == 0 && program.split() > 0) {
        text.append("compute\n");
      }
      if (i == program.split()) {
        text.append("update\n");
      }
      Instruction instruction = code.get(i);
      text.append(String.format(Locale.ROOT, "  %3d  ", i));
      append(text, instruction, "", "       ");
    }
    long bytes = program.memory().arrays() * precision.bytes();
    long saved = (program.memory().buffers() - program.memory().arrays()) * precision.bytes();
    text.append(
        String.format(Locale.ROOT, "work memory %d bytes; sharing saves %d bytes%n", bytes, saved));
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
      Instruction.Timed all = Instruction.Timed.spanning(block.body(), block);
      text.append("block").append(block.target().shape()).append(range).append('\n');
      append(text, block.body(), all.from(), all.to(), indent + "  ");
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
}
