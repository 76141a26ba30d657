package dev.rnn4j.plan.internal;

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
      text.append(
          String.format(
              "  %3d  %s = %s(%s)  %s%n",
              i,
              instruction.target(),
              instruction.name(),
              Joiner.on(", ").join(instruction.operands()),
              place(instruction.node())));
    }
    long bytes = program.memory().arrays() * precision.bytes();
    long saved = (program.memory().buffers() - program.memory().arrays()) * precision.bytes();
    text.append(String.format("work memory %d bytes; sharing saves %d bytes%n", bytes, saved));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static String place(Node node) {
    String step = node.step() == Trace.NO_STEP ? "" : " t=" + node.step();
    return Graphs.title(node) + step;
  }

  static ArithmeticException notANumber(Instruction instruction) {
    return new ArithmeticException(
        "the first NaN comes out of "
            + place(instruction.node())
            + ", "
            + instruction.node().shape()
            + instruction.node().family().line().map(line -> ", built at " + line).orElse(""));
  }
}
