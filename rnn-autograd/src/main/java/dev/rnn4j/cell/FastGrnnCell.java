package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * FastGRNN (Kusupati et al., "FastGRNN: A Fast, Accurate, Stable and Tiny Kilobyte Sized Gated
 * Recurrent Neural Network", 2018), with matrices of full rank: gate and candidate share both.
 *
 * <pre>
 * z = σ(x·W + h·U + b_z)
 * n = tanh(x·W + h·U + b_h)
 * h′ = (ζ·(1 − z) + ν)⊙n + z⊙h,  ζ = σ(ζ̂), ν = σ(ν̂)
 * </pre>
 *
 * @param gate W, U and b_z
 * @param candidateBias b_h, {@code [H]}
 * @param zeta ζ̂, a scalar
 * @param nu ν̂, a scalar
 */
public record FastGrnnCell(Gate gate, Parameter candidateBias, Parameter zeta, Parameter nu)
    implements Cell<Node> {
  /**
   * Creates the cell.
   *
   * @throws dev.rnn4j.tensor.ShapeException where its parameters' shapes do not fit each other
   */
  public FastGrnnCell {
    Sized.requireEqual("a FastGrnnCell", List.of("gate"), gate);
    CellShapes.require("a FastGrnnCell", "a candidateBias", candidateBias, gate.hiddenSize());
    CellShapes.require("a FastGrnnCell", "zeta", zeta);
    CellShapes.require("a FastGrnnCell", "nu", nu);
  }

  /** Returns a cell with freshly drawn weights, biases of ones, ζ̂ = 1 and ν̂ = −4. */
  public static FastGrnnCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new FastGrnnCell(
        Gate.of(inputSize, hiddenSize, random).withBias(1),
        Parameter.of("candidateBias", Tensor.full(Shape.of(hiddenSize), 1)),
        Parameter.of("zeta", Tensor.scalar(1)),
        Parameter.of("nu", Tensor.scalar(-4)));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, gate.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node sum = x.matmul(gate.weightIh()).plus(h.matmul(gate.weightHh()));
    Node z = sum.plus(gate.bias()).sigmoid();
    Node n = sum.plus(candidateBias).tanh();
    Node scale = z.complement().times(zeta.sigmoid()).plus(nu.sigmoid());
    Node next = scale.times(n).plus(z.times(h));
    return new Step<>(next, next);
  }
}
