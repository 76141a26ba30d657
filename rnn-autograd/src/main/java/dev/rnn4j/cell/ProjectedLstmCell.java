package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Long short-term memory with a recurrent projection (Sak, Senior and Beaufays, "Long Short-Term
 * Memory Recurrent Neural Network Architectures for Large Scale Acoustic Modeling", 2014; PyTorch's
 * {@code proj_size}): what shows and comes back is smaller than the cell state.
 *
 * <pre>
 * i = σ(x·Wᵢ + h·Uᵢ + bᵢ)
 * f = σ(x·W_f + h·U_f + b_f)
 * g = tanh(x·W_g + h·U_g + b_g)
 * o = σ(x·W_o + h·U_o + b_o)
 * c′ = f⊙c + i⊙g
 * h′ = (o⊙tanh(c′))·P
 * </pre>
 *
 * @param input i, how much of the candidate enters; U is {@code [R, H]}, as in all gates
 * @param forget f, how much of the cell state stays
 * @param candidate g, what may enter
 * @param output o, how much of the cell state shows
 * @param projection P, {@code [H, R]}
 */
public record ProjectedLstmCell(
    Gate input, Gate forget, Gate candidate, Gate output, Linear projection)
    implements Cell<LstmCell.State> {
  /**
   * Creates the cell of four gates and the projection.
   *
   * @throws ShapeException where their sizes do not fit each other
   */
  public ProjectedLstmCell {
    checkNotNull(projection, "a ProjectedLstmCell was given null as its projection");
    Sized.requireEqual(
        "a ProjectedLstmCell",
        List.of("input", "forget", "candidate", "output"),
        projection.outputSize(),
        input,
        forget,
        candidate,
        output);
    if (projection.inputSize() != input.hiddenSize()) {
      throw new ShapeException(
          "a ProjectedLstmCell with H = "
              + input.hiddenSize()
              + " takes a projection [H, R], and was given "
              + projection.weight().shape());
    }
  }

  /**
   * Returns a cell with freshly drawn weights, as in {@link Gate#of}, and biases of zeros, but for
   * the forget gate's, which begins with ones: at first, the cell remembers.
   *
   * @param projectedSize R
   */
  public static ProjectedLstmCell of(
      int inputSize, int hiddenSize, int projectedSize, RandomGenerator random) {
    Sized.requireSize("projectedSize", projectedSize);
    return new ProjectedLstmCell(
        Gate.of(inputSize, projectedSize, hiddenSize, random),
        Gate.of(inputSize, projectedSize, hiddenSize, random).withBias(1),
        Gate.of(inputSize, projectedSize, hiddenSize, random),
        Gate.of(inputSize, projectedSize, hiddenSize, random),
        Linear.of(hiddenSize, projectedSize, random));
  }

  /** Returns I. */
  public int inputSize() {
    return input.inputSize();
  }

  /** Returns H, the size of the cell state. */
  public int hiddenSize() {
    return input.hiddenSize();
  }

  /** Returns R, the size of the hidden state, which is the output. */
  public int projectedSize() {
    return projection.outputSize();
  }

  @Override
  public LstmCell.State initialState(int batchSize) {
    return new LstmCell.State(
        Node.zeros(batchSize, projectedSize()), Node.zeros(batchSize, hiddenSize()));
  }

  @Override
  public Step<LstmCell.State> step(Node x, LstmCell.State state) {
    Node i = input.apply(x, state.h()).sigmoid();
    Node f = forget.apply(x, state.h()).sigmoid();
    Node g = candidate.apply(x, state.h()).tanh();
    Node o = output.apply(x, state.h()).sigmoid();
    Node c = f.times(state.c()).plus(i.times(g));
    Node h = projection.apply(o.times(c.tanh()));
    return new Step<>(h, new LstmCell.State(h, c));
  }
}
