package dev.rnn4j.usage;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;

/**
 * LSTM with peepholes (Gers and Schmidhuber, 2000): i = σ(Wi x + Ui h + pi⊙c + bi); f = σ(Wf x + Uf
 * h + pf⊙c + bf); g = tanh(Wg x + Ug h + bg); c' = f⊙c + i⊙g; o = σ(Wo x + Uo h + po⊙c' + bo); h' =
 * o⊙tanh c'.
 */
public record PeepholeLstmCell(
    Gate input,
    Gate forget,
    Gate candidate,
    Gate output,
    Parameter peepholeI,
    Parameter peepholeF,
    Parameter peepholeO)
    implements Cell<PeepholeLstmCell.State> {
  public record State(Node h, Node c) {}

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, input.hiddenSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State s) {
    Node i = input.apply(x, s.h()).plus(peepholeI.times(s.c())).sigmoid();
    Node f = forget.apply(x, s.h()).plus(peepholeF.times(s.c())).sigmoid();
    Node g = candidate.apply(x, s.h()).tanh();
    Node c = f.times(s.c()).plus(i.times(g));
    Node o = output.apply(x, s.h()).plus(peepholeO.times(c)).sigmoid();
    Node h = o.times(c.tanh());
    return new Step<>(h, new State(h, c));
  }
}
