package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A closed-form continuous-time network (Hasani et al., "Closed-form continuous-time neural
 * networks", 2022), for sequences with any time between their steps. The last number of an input is
 * t, the time since the step before; the others are x:
 *
 * <pre>
 * f = x·W_f + h·U_f + b_f
 * g = tanh(x·W_g + h·U_g + b_g)
 * k = tanh(x·W_k + h·U_k + b_k)
 * h′ = σ(−f·t)⊙g + (1 − σ(−f·t))⊙k
 * </pre>
 *
 * <p>The paper's h(x, I; θ_h) is k here, and its x and I are h and x. Its f, g and h share a
 * network that comes before them, which here is none: put a layer before the cell for one that sees
 * the input.
 *
 * @param time f, how fast the state moves from g to k
 * @param near g
 * @param far k
 */
public record CfcCell(Gate time, Gate near, Gate far) implements Cell<Node> {
  /**
   * Creates the cell of three gates, for inputs of I + 1 numbers.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public CfcCell {
    Sized.requireEqual("a CfcCell", List.of("time", "near", "far"), time, near, far);
  }

  /**
   * Returns a cell with freshly drawn weights.
   *
   * @param inputSize I, without the time
   */
  public static CfcCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new CfcCell(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, time.hiddenSize());
  }

  @Override
  public Step<Node> step(Node input, Node h) {
    int size = time.inputSize();
    Node x = input.slice(1, 0, size);
    Node t = input.slice(1, size, size + 1);
    Node blend = time.apply(x, h).negate().times(t).sigmoid();
    Node g = near.apply(x, h).tanh();
    Node k = far.apply(x, h).tanh();
    Node next = blend.times(g).plus(blend.complement().times(k));
    return new Step<>(next, next);
  }
}
