package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.BadTargetException;
import dev.rnn4j.plan.internal.program.Instruction;

/** The code of a user's own op: its forward method, between arrays of doubles. */
final class FloatCall implements FloatCode {
  private final Node node;
  private final int[] slots;
  private final int[] offsets;
  private final int[] steps;
  private final double[][] x;
  private final double[] y;
  private final int to;
  private final int toOffset;
  private final int toStep;

  /** Creates the code for one arena: it keeps that arena's scratch. */
  FloatCall(Instruction.Call call) {
    node = call.seen();
    int count = call.operands().size();
    slots = new int[count];
    offsets = new int[count];
    steps = new int[count];
    x = new double[count][];
    for (int i = 0; i < count; i++) {
      slots[i] = call.operands().get(i).buffer().slot();
      steps[i] = call.operands().get(i).perStep();
      offsets[i] = call.operands().get(i).layout().offset();
      x[i] = new double[call.operands().get(i).shape().elements()];
    }
    y = new double[call.target().shape().elements()];
    to = call.target().buffer().slot();
    toStep = call.target().perStep();
    toOffset = call.target().layout().offset();
  }

  @Override
  public void run(FloatArena arena, int t) {
    for (int i = 0; i < x.length; i++) {
      float[] operand = arena.arrays[slots[i]];
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = operand[offsets[i] + t * steps[i] + j];
      }
    }
    try {
      node.op().forward(node, x, y);
    } catch (BadTargetException e) {
      throw t == Trace.NO_STEP ? e : e.at(t);
    }
    float[] target = arena.arrays[to];
    for (int j = 0; j < y.length; j++) {
      target[toOffset + t * toStep + j] = (float) y[j];
    }
  }
}
