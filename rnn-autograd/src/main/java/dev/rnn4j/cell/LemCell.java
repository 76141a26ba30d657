package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Long expressive memory (Rusch, Mishra, Erichson and Mahoney, "Long Expressive Memory for Sequence
 * Modeling", 2022), with two learned time scales:
 *
 * <pre>
 * d = Δt·σ(x·V₁ + y·W₁ + b₁)
 * e = Δt·σ(x·V₂ + y·W₂ + b₂)
 * z′ = (1 − d)⊙z + d⊙tanh(x·V_z + y·W_z + b_z)
 * y′ = (1 − e)⊙y + e⊙tanh(x·V_y + z′·W_y + b_y)
 * </pre>
 *
 * <p>The paper's Δt_n is d, and its Δt_n with a bar is e.
 *
 * @param memoryScale d
 * @param outputScale e
 * @param memory what z′ moves to
 * @param output what y′ moves to
 * @param timeStep Δt
 */
public record LemCell(Gate memoryScale, Gate outputScale, Gate memory, Gate output, double timeStep)
    implements Cell<LemCell.State> {
  /**
   * The output and the memory behind it.
   *
   * @param y {@code [N, H]}
   * @param z {@code [N, H]}
   */
  public record State(Node y, Node z) {}

  /**
   * Creates the cell of four gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public LemCell {
    Sized.requireEqual(
        "a LemCell",
        List.of("memoryScale", "outputScale", "memory", "output"),
        memoryScale,
        outputScale,
        memory,
        output);
  }

  /** Returns a cell with freshly drawn weights and Δt = 1. */
  public static LemCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new LemCell(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        1);
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, memory.hiddenSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State s) {
    Node d = memoryScale.apply(x, s.y()).sigmoid().times(timeStep);
    Node e = outputScale.apply(x, s.y()).sigmoid().times(timeStep);
    Node z = d.complement().times(s.z()).plus(d.times(memory.apply(x, s.y()).tanh()));
    Node y = e.complement().times(s.y()).plus(e.times(output.apply(x, z).tanh()));
    return new Step<>(y, new State(y, z));
  }
}
