package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.pass.ForwardPass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A cell around another one, which drops the same elements of the first part of its state at every
 * step.
 */
record RecurrentDropout<S>(Cell<S> cell, double rate) implements Cell<S> {
  @Override
  public S initialState(int batchSize) {
    return cell.initialState(batchSize);
  }

  @Override
  public Step<S> step(Node x, S state) {
    return cell.step(x, state);
  }

  @Override
  public Begun<S> begin(ForwardPass pass, int batchSize) {
    S initial = initialState(batchSize);
    int hiddenSize = Records.nodes(initial).get(0).size(1);
    UnaryOperator<Node> dropout = pass.dropout(rate, batchSize, hiddenSize);
    return new Begun<>(initial, (x, state) -> step(x, dropped(state, dropout)));
  }

  private static <S> S dropped(S state, UnaryOperator<Node> dropout) {
    List<Node> nodes = new ArrayList<>(Records.nodes(state));
    nodes.set(0, dropout.apply(nodes.get(0)));
    return Records.withNodes(state, nodes);
  }
}
