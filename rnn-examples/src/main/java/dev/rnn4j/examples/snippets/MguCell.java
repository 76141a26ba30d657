package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;

// [block
/** f = σ(Wf x + Uf h + bf); g = tanh(Wg x + Ug (f⊙h) + bg); h' = h + f⊙(g − h). */
public record MguCell(Gate forget, Gate candidate) implements Cell<Node> {
  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, forget.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node f = forget.apply(x, h).sigmoid();
    Node g = candidate.apply(x, f.times(h)).tanh();
    Node next = h.plus(f.times(g.minus(h)));
    return new Step<>(next, next);
  }
}
// block]
