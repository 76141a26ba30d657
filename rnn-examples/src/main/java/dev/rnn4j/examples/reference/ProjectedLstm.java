package dev.rnn4j.examples.reference;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import java.util.List;

/**
 * An LSTM whose output is projected before it comes back (Sak, Senior and Beaufays, 2014): h′ =
 * (o⊙tanh(c′))·P. A cell of a user's: the library has none.
 *
 * @param weightsIh of i, f, g, o, each {@code [I, H]}
 * @param weightsHh of i, f, g, o, each {@code [P, H]}
 * @param biases of i, f, g, o, each {@code [H]}
 * @param projection {@code [H, P]}
 */
record ProjectedLstm(
    List<Parameter> weightsIh,
    List<Parameter> weightsHh,
    List<Parameter> biases,
    Parameter projection)
    implements Cell<LstmCell.State> {
  @Override
  public LstmCell.State initialState(int batchSize) {
    return new LstmCell.State(
        Node.zeros(batchSize, projection.size(1)), Node.zeros(batchSize, projection.size(0)));
  }

  @Override
  public Step<LstmCell.State> step(Node x, LstmCell.State state) {
    Node i = gate(0, x, state.h()).sigmoid();
    Node f = gate(1, x, state.h()).sigmoid();
    Node g = gate(2, x, state.h()).tanh();
    Node o = gate(3, x, state.h()).sigmoid();
    Node c = f.times(state.c()).plus(i.times(g));
    Node h = o.times(c.tanh()).matmul(projection);
    return new Step<>(h, new LstmCell.State(h, c));
  }

  private Node gate(int k, Node x, Node h) {
    return x.matmul(weightsIh.get(k)).plus(h.matmul(weightsHh.get(k))).plus(biases.get(k));
  }
}
