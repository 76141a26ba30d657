package dev.rnn4j.onnx.internal.recurrent;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import java.util.function.UnaryOperator;

/**
 * The operator GRU:
 *
 * <pre>
 * z = f(x·Wz + h·Rz + bz)
 * r = f(x·Wr + h·Rr + br)
 * n = g(x·Wn + b + r⊙(h·Rn + c)), or g(x·Wn + b + (r⊙h)·Rn + c)
 * h′ = (1 − z)⊙n + z⊙h
 * </pre>
 *
 * @param candidateBias c, {@code [H]}
 * @param resetsAfter whether r acts behind the product (linear_before_reset)
 */
public record GruStep(
    GateNodes update,
    GateNodes reset,
    GateNodes candidate,
    Node candidateBias,
    UnaryOperator<Node> f,
    UnaryOperator<Node> g,
    boolean resetsAfter)
    implements Cell<RnnStep.State> {
  @Override
  public RnnStep.State initialState(int batchSize) {
    return new RnnStep.State(Node.zeros(batchSize, update.weightHh().size(0)));
  }

  @Override
  public Step<RnnStep.State> step(Node x, RnnStep.State state) {
    Node z = f.apply(update.apply(x, state.h()));
    Node r = f.apply(reset.apply(x, state.h()));
    Node past =
        resetsAfter
            ? r.times(state.h().matmul(candidate.weightHh()).plus(candidateBias))
            : r.times(state.h()).matmul(candidate.weightHh()).plus(candidateBias);
    Node n = g.apply(candidate.input(x).plus(past));
    Node h = z.complement().times(n).plus(z.times(state.h()));
    return new Step<>(h, new RnnStep.State(h));
  }
}
