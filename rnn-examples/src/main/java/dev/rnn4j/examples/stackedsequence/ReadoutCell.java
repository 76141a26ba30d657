package dev.rnn4j.examples.stackedsequence;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Shape;

/**
 * The document's RecurrentLayer: z = h·Wh + x·Wi + bi, h′ = tanh z, and y = h′·Wo + bo as the
 * output.
 *
 * @param inputWeights Wi, {@code [I, H]}
 * @param hiddenWeights Wh, {@code [H, H]}
 * @param outputWeights Wo, {@code [H, O]}
 * @param outputBias bo, {@code [O]}
 * @param inputBias bi, {@code [H]}
 */
public record ReadoutCell(
    Parameter inputWeights,
    Parameter hiddenWeights,
    Parameter outputWeights,
    Parameter outputBias,
    Parameter inputBias)
    implements Cell<ReadoutCell.State> {
  /**
   * The hidden state.
   *
   * @param h {@code [N, H]}
   */
  public record State(Node h) {}

  /** Draws all parameters uniformly from ±1/√H, in the document's order. */
  public static ReadoutCell draw(
      int inputSize, int hiddenSize, int outputSize, NumpyRandom random) {
    Initializer uniform = Initializers.reciprocalRootUniform(hiddenSize);
    return new ReadoutCell(
        Parameter.of(uniform.create(Shape.of(inputSize, hiddenSize), random)),
        Parameter.of(uniform.create(Shape.of(hiddenSize, hiddenSize), random)),
        Parameter.of(uniform.create(Shape.of(hiddenSize, outputSize), random)),
        Parameter.of(uniform.create(Shape.of(outputSize), random)),
        Parameter.of(uniform.create(Shape.of(hiddenSize), random)));
  }

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, hiddenWeights.size(0)));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node z = x.matmul(inputWeights).plus(state.h().matmul(hiddenWeights)).plus(inputBias);
    Node h = z.tanh();
    Node y = h.matmul(outputWeights).plus(outputBias);
    return new Step<>(y, new State(h));
  }
}
