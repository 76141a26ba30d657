package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.InputGate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The minimal GRU (Feng et al., "Were RNNs All We Needed?", 2024): gate and candidate see the input
 * only, so that all products are taken for all steps at once.
 *
 * <pre>
 * z = σ(x·W_z + b_z)
 * n = x·W_n + b_n
 * h′ = (1 − z)⊙h + z⊙n
 * </pre>
 *
 * @param update z, how much of the state is replaced
 * @param candidate n, what takes its place
 */
public record MinimalGruCell(InputGate update, InputGate candidate) implements Cell<Node> {
  /**
   * Creates the cell of two gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public MinimalGruCell {
    Sized.requireEqual("a MinimalGruCell", List.of("update", "candidate"), update, candidate);
  }

  /** Returns a cell with freshly drawn weights. */
  public static MinimalGruCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new MinimalGruCell(
        InputGate.of(inputSize, hiddenSize, random), InputGate.of(inputSize, hiddenSize, random));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, update.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node z = update.apply(x).sigmoid();
    Node n = candidate.apply(x);
    Node next = h.plus(z.times(n.minus(h)));
    return new Step<>(next, next);
  }
}
