package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import java.util.random.RandomGenerator;

/** An LSTM of four gates, as a user would write it; the library has no special knowledge of it. */
record UserLstm(Gate input, Gate forget, Gate candidate, Gate output)
    implements Cell<UserLstm.State> {
  record State(Node h, Node c) {}

  static UserLstm of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new UserLstm(
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
