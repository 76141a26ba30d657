package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Long short-term memory with coupled gates (Greff et al., "LSTM: A Search Space Odyssey", 2017,
 * without peepholes): what enters is what is forgotten, i = 1 − f.
 *
 * <pre>
 * f = σ(x·W_f + h·U_f + b_f)
 * g = tanh(x·W_g + h·U_g + b_g)
 * o = σ(x·W_o + h·U_o + b_o)
 * c′ = f⊙c + (1 − f)⊙g
 * h′ = o⊙tanh(c′)
 * </pre>
 *
 * <p>The paper's CIFG has the parameters of i and takes f = 1 − i: as σ(−a) = 1 − σ(a), those of f
 * are its W, U and b with the other sign.
 *
 * @param forget f, how much of the cell state stays
 * @param candidate g, what takes the place of the rest
 * @param output o, how much of the cell state shows
 */
public record CoupledLstmCell(Gate forget, Gate candidate, Gate output)
    implements Cell<LstmCell.State> {
  /**
   * Creates the cell of three gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public CoupledLstmCell {
    Sized.requireEqual(
        "a CoupledLstmCell", List.of("forget", "candidate", "output"), forget, candidate, output);
  }

  /** Returns a cell with gates as in {@link LstmCell#of}: at first, the cell remembers. */
  public static CoupledLstmCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new CoupledLstmCell(
        Gate.of(inputSize, hiddenSize, random).withBias(1),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random));
  }

  @Override
  public LstmCell.State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, forget.hiddenSize());
    return new LstmCell.State(zeros, zeros);
  }

  @Override
  public Step<LstmCell.State> step(Node x, LstmCell.State state) {
    Node f = forget.apply(x, state.h()).sigmoid();
    Node g = candidate.apply(x, state.h()).tanh();
    Node o = output.apply(x, state.h()).sigmoid();
    Node c = f.times(state.c()).plus(f.complement().times(g));
    Node h = o.times(c.tanh());
    return new Step<>(h, new LstmCell.State(h, c));
  }
}
