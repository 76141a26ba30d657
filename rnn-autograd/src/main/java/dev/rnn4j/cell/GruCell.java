package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The gated recurrent unit (Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder
 * for Statistical Machine Translation", 2014). The reset gate acts before the product with U_n:
 *
 * <pre>
 * r = σ(x·W_r + h·U_r + b_r)
 * z = σ(x·W_z + h·U_z + b_z)
 * n = tanh(x·W_n + (r⊙h)·U_n + b_n)
 * h′ = (1 − z)⊙n + z⊙h = n + z⊙(h − n)
 * </pre>
 *
 * <p>{@link GruResetAfterCell} is the form that other libraries call GRU.
 *
 * @param reset r, how much of the state the candidate sees
 * @param update z, how much of the state stays
 * @param candidate n, what may take its place
 */
public record GruCell(Gate reset, Gate update, Gate candidate) implements Cell<GruCell.State> {
  /**
   * The hidden state.
   *
   * @param h {@code [N, H]}
   */
  public record State(Node h) {}

  /**
   * Creates the cell of three gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public GruCell {
    Sized.requireEqual(
        "a GruCell", List.of("reset", "update", "candidate"), reset, update, candidate);
  }

  /** Returns a cell with freshly drawn weights and biases of zeros, as in {@link Gate#of}. */
  public static GruCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new GruCell(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random));
  }

  /** Returns I. */
  public int inputSize() {
    return reset.inputSize();
  }

  /** Returns H. */
  public int hiddenSize() {
    return reset.hiddenSize();
  }

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, hiddenSize()));
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
