package dev.rnn4j.examples.counting;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;

/**
 * Two weights and one number of state: s′ = φ(x·wx + s·wrec).
 *
 * @param wx the weight of the input, {@code [1]}
 * @param wrec the weight of the state, {@code [1]}
 * @param activation φ
 */
record CountingCell(Parameter wx, Parameter wrec, Activation activation)
    implements Cell<CountingCell.State> {
  record State(Node s) {}

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, 1));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node s = activation.of(x.times(wx).plus(state.s().times(wrec)));
    return new Step<>(s, new State(s));
  }
}
