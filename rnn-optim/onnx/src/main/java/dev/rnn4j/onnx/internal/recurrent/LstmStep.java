package dev.rnn4j.onnx.internal.recurrent;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The operator LSTM:
 *
 * <pre>
 * i = f(x·Wi + h·Ri + pᵢ⊙c + bi)
 * f = f(x·Wf + h·Rf + p_f⊙c + bf)
 * c′ = f⊙c + i⊙g(x·Wc + h·Rc + bc)
 * o = f(x·Wo + h·Ro + pₒ⊙c′ + bo)
 * h′ = o⊙h(c′)
 * </pre>
 *
 * @param peepholes pᵢ, pₒ and p_f, {@code [H]}; or none
 */
public record LstmStep(
    GateNodes input,
    GateNodes output,
    GateNodes forget,
    GateNodes candidate,
    List<Node> peepholes,
    UnaryOperator<Node> f,
    UnaryOperator<Node> g,
    UnaryOperator<Node> h)
    implements Cell<LstmStep.State> {
  /** The state: h and c, {@code [N, H]}. */
  public record State(Node h, Node c) {}

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, input.weightHh().size(0));
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node i = f.apply(seeing(input.apply(x, state.h()), 0, state.c()));
    Node forgets = f.apply(seeing(forget.apply(x, state.h()), 2, state.c()));
    Node candidates = g.apply(candidate.apply(x, state.h()));
    Node c = forgets.times(state.c()).plus(i.times(candidates));
    Node o = f.apply(seeing(output.apply(x, state.h()), 1, c));
    Node shown = o.times(h.apply(c));
    return new Step<>(shown, new State(shown, c));
  }

  private Node seeing(Node sum, int gate, Node c) {
    return peepholes.isEmpty() ? sum : sum.plus(peepholes.get(gate).times(c));
  }
}
