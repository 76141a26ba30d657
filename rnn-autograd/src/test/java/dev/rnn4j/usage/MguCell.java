package dev.rnn4j.usage;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Gate;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;

/**
 * The minimal gated unit (Zhou et al., 2016): f = σ(Wf x + Uf h + bf); g = tanh(Wg x + Ug (f⊙h) +
 * bg); h' = h + f⊙(g − h).
 */
public record MguCell(Gate forget, Gate candidate) implements Cell<MguCell.State> {
  public record State(Node h) {}

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, forget.hiddenSize()));
  }

  @Override
  public Step<State> step(Node x, State s) {
    Node f = forget.apply(x, s.h()).sigmoid();
    Node g = candidate.apply(x, f.times(s.h())).tanh();
    Node h = s.h().plus(f.times(g.minus(s.h())));
    return new Step<>(h, new State(h));
  }
}
