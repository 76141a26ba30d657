package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.ForwardPass;
import java.util.function.UnaryOperator;

// [block
/** An LSTM that drops the same elements of h at every step of a sequence. */
public record VariationalLstm(LstmCell lstm, double rate) implements Cell<LstmCell.State> {
  @Override
  public LstmCell.State initialState(int batchSize) {
    return lstm.initialState(batchSize);
  }

  @Override
  public Step<LstmCell.State> step(Node x, LstmCell.State state) {
    return lstm.step(x, state);
  }

  @Override
  public Begun<LstmCell.State> begin(ForwardPass pass, int batchSize) {
    UnaryOperator<Node> dropout = pass.dropout(rate, batchSize, lstm.hiddenSize());
    return new Begun<>(
        initialState(batchSize),
        (x, s) -> step(x, new LstmCell.State(dropout.apply(s.h()), s.c())));
  }
}
// block]
