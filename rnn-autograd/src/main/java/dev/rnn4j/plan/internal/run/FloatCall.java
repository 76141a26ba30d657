package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.BadTargetException;
import dev.rnn4j.plan.internal.program.Call;

/** The code of a user's own op: its forward method, between arrays of doubles. */
final class FloatCall implements FloatCode {
  private final Node node;
  private final FloatSpot[] operands;
  private final FloatSpot target;
  private final double[][] x;
  private final double[] y;

  /** Creates the code for one arena: it keeps that arena's scratch. */
  FloatCall(Call call) {
    node = call.seen();
    operands = call.operands().stream().map(FloatSpot::new).toArray(FloatSpot[]::new);
    target = new FloatSpot(call.target());
    x =
        call.operands().stream()
            .map(p -> new double[p.shape().elements()])
            .toArray(double[][]::new);
    y = new double[call.target().shape().elements()];
  }

  @Override
  public void run(FloatArena arena, int t) {
    for (int i = 0; i < x.length; i++) {
      float[] operand = operands[i].in(arena);
      int from = operands[i].at(t);
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = operand[from + j];
      }
    }
    try {
      node.op().forward(node, x, y);
    } catch (BadTargetException e) {
      throw t == Trace.NO_STEP ? e : e.at(t);
    }
    float[] result = target.in(arena);
    int to = target.at(t);
    for (int j = 0; j < y.length; j++) {
      result[to + j] = (float) y[j];
    }
  }
}
