package dev.rnn4j.examples.anbncn;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * An LSTM whose gates see nothing but the input, so that each symbol adds the same wherever it
 * stands, and whose forget gates begin open: what is left to learn is counting.
 *
 * <p>c' = σ(f(x))⊙c + σ(i(x))⊙tanh(g(x)); h = σ(o(x))⊙tanh(c'), each of f, i, g, o one dense layer.
 */
public record CounterCell(Dense forget, Dense input, Dense candidate, Dense output)
    implements Cell<Node> {
  /** The forget gates' first bias: σ(12) = 0.999994. */
  private static final double OPEN = 12;

  static CounterCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    Parameter open = Parameter.of("bias", Tensor.full(Shape.of(hiddenSize), OPEN));
    return new CounterCell(
        new Dense(Dense.of(inputSize, hiddenSize, random).weight(), open),
        Dense.of(inputSize, hiddenSize, random),
        Dense.of(inputSize, hiddenSize, random),
        Dense.of(inputSize, hiddenSize, random));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, forget.bias().size(0));
  }

  @Override
  public Step<Node> step(Node x, Node c) {
    Node kept = forget.apply(x).sigmoid().times(c);
    Node added = input.apply(x).sigmoid().times(candidate.apply(x).tanh());
    Node next = kept.plus(added);
    return new Step<>(output.apply(x).sigmoid().times(next.tanh()), next);
  }
}
