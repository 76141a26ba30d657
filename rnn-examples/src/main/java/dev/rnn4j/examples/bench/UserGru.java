package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Gate;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import java.util.random.RandomGenerator;

/** A GRU as a user would write it, which resets before the product. */
record UserGru(Gate reset, Gate update, Gate candidate) implements Cell<UserGru.State> {
  record State(Node h) {}

  static UserGru of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new UserGru(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random));
  }

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, reset.hiddenSize()));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node r = reset.apply(x, state.h()).sigmoid();
    Node z = update.apply(x, state.h()).sigmoid();
    Node n = candidate.apply(x, r.times(state.h())).tanh();
    Node h = n.plus(z.times(state.h().minus(n)));
    return new Step<>(h, new State(h));
  }
}
