package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The minimal gated unit (Zhou, Wu, Zhang and Zhou, "Minimal Gated Unit for Recurrent Neural
 * Networks", 2016): one gate that resets and updates.
 *
 * <pre>
 * f = σ(x·W_f + h·U_f + b_f)
 * g = tanh(x·W_g + (f⊙h)·U_g + b_g)
 * h′ = (1 − f)⊙h + f⊙g = h + f⊙(g − h)
 * </pre>
 *
 * @param forget f, how much of the state is replaced, and how much of it the candidate sees
 * @param candidate g, what takes its place
 */
public record MguCell(Gate forget, Gate candidate) implements Cell<MguCell.State> {
  /**
   * The hidden state.
   *
   * @param h {@code [N, H]}
   */
  public record State(Node h) {}

  /**
   * Creates the cell of two gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public MguCell {
    Sized.requireEqual("an MguCell", List.of("forget", "candidate"), forget, candidate);
  }

  /** Returns a cell with freshly drawn weights and biases of zeros, as in {@link Gate#of}. */
  public static MguCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new MguCell(
        Gate.of(inputSize, hiddenSize, random), Gate.of(inputSize, hiddenSize, random));
  }

  /** Returns I. */
  public int inputSize() {
    return forget.inputSize();
  }

  /** Returns H. */
  public int hiddenSize() {
    return forget.hiddenSize();
  }

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, hiddenSize()));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node f = forget.apply(x, state.h()).sigmoid();
    Node g = candidate.apply(x, f.times(state.h())).tanh();
    Node h = state.h().plus(f.times(g.minus(state.h())));
    return new Step<>(h, new State(h));
  }
}
