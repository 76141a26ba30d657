package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import java.util.random.RandomGenerator;

// [block
/**
 * i = σ(Wi x + Ui h + bi); f = σ(Wf x + Uf h + bf); g = tanh(Wg x + Ug h + bg); o = σ(Wo x + Uo h +
 * bo); c' = f⊙c + i⊙g; h' = o⊙tanh(c').
 */
public record LstmEquations(Gate input, Gate forget, Gate candidate, Gate output)
    implements Cell<LstmEquations.State> {
  /** The hidden state and the cell state, both {@code [N, H]}. */
  public record State(Node h, Node c) {}

  /** Returns a cell with freshly drawn weights. */
  public static LstmEquations of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new LstmEquations(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random));
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, forget.hiddenSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node i = input.apply(x, state.h()).sigmoid();
    Node f = forget.apply(x, state.h()).sigmoid();
    Node g = candidate.apply(x, state.h()).tanh();
    Node o = output.apply(x, state.h()).sigmoid();
    Node c = f.times(state.c()).plus(i.times(g));
    Node h = o.times(c.tanh());
    return new Step<>(h, new State(h, c));
  }
}
// block]
