package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.LayerNorm;
import dev.rnn4j.part.LayerNormGate;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The LSTM with layer normalisation (Ba, Kiros and Hinton, "Layer Normalization", 2016), each norm
 * with a scale and a shift of its own. A gate normalises the sum of its two products at once:
 *
 * <pre>
 * i = σ(LNᵢ(x·Wᵢ + h·Uᵢ))
 * f = σ(LN_f(x·W_f + h·U_f))
 * g = tanh(LN_g(x·W_g + h·U_g))
 * o = σ(LN_o(x·W_o + h·U_o))
 * c′ = f⊙c + i⊙g
 * h′ = o⊙tanh(LN_c(c′))
 * </pre>
 *
 * @param input i, how much of the candidate enters
 * @param forget f, how much of the cell state stays
 * @param candidate g, what may enter
 * @param output o, how much of the cell state shows
 * @param cellNorm LN_c
 * @see LayerNorm
 */
public record LayerNormLstmCell(
    LayerNormGate input,
    LayerNormGate forget,
    LayerNormGate candidate,
    LayerNormGate output,
    LayerNorm cellNorm)
    implements Cell<LayerNormLstmCell.State> {
  /**
   * The hidden state and the cell state.
   *
   * @param h {@code [N, H]}
   * @param c {@code [N, H]}
   */
  public record State(Node h, Node c) {}

  /**
   * Creates the cell of four gates and the norm of the cell state.
   *
   * @throws ShapeException where they are of different sizes
   */
  public LayerNormLstmCell {
    Sized.requireEqual(
        "a LayerNormLstmCell",
        List.of("input", "forget", "candidate", "output"),
        input,
        forget,
        candidate,
        output);
    checkNotNull(cellNorm, "a LayerNormLstmCell was given null as its cellNorm");
    if (cellNorm.size() != input.hiddenSize()) {
      throw new ShapeException(
          "a LayerNormLstmCell with H = "
              + input.hiddenSize()
              + " takes a cellNorm of ["
              + input.hiddenSize()
              + "], and was given "
              + cellNorm.scale().shape());
    }
  }

  /**
   * Returns a cell with freshly drawn weights, scales of ones and shifts of zeros, but for the
   * forget gate's, which begin with ones: at first, the cell remembers.
   */
  public static LayerNormLstmCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new LayerNormLstmCell(
        LayerNormGate.of(inputSize, hiddenSize, random),
        LayerNormGate.of(inputSize, hiddenSize, random).withShift(1),
        LayerNormGate.of(inputSize, hiddenSize, random),
        LayerNormGate.of(inputSize, hiddenSize, random),
        LayerNorm.of(hiddenSize));
  }

  /** Returns I. */
  public int inputSize() {
    return input.inputSize();
  }

  /** Returns H. */
  public int hiddenSize() {
    return input.hiddenSize();
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, hiddenSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node i = input.apply(x, state.h()).sigmoid();
    Node f = forget.apply(x, state.h()).sigmoid();
    Node g = candidate.apply(x, state.h()).tanh();
    Node o = output.apply(x, state.h()).sigmoid();
    Node c = f.times(state.c()).plus(i.times(g));
    Node h = o.times(cellNorm.apply(c).tanh());
    return new Step<>(h, new State(h, c));
  }
}
