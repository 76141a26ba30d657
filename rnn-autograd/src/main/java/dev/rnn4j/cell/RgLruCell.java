package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.InputGate;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The real-gated linear recurrent unit (De et al., "Griffin: Mixing Gated Linear Recurrences with
 * Local Attention for Efficient Language Models", 2024), for inputs and outputs of one size H:
 *
 * <pre>
 * r = σ(x·W_r + b_r)
 * i = σ(x·Wᵢ + bᵢ)
 * a = σ(Λ)^(8·r)
 * h′ = a⊙h + √(1 − a²)⊙(i⊙x)
 * </pre>
 *
 * <p>The paper's W_a and b_a are those of r, its W_x and b_x those of i; its c is 8.
 *
 * @param recurrence r, how fast the state fades
 * @param input i, how much of the input enters
 * @param lambda Λ, {@code [H]}
 */
public record RgLruCell(InputGate recurrence, InputGate input, Parameter lambda)
    implements Cell<Node> {
  private static final double POWER = 8;

  /**
   * Creates the cell.
   *
   * @throws ShapeException where inputs and outputs are not of one size
   */
  public RgLruCell {
    Sized.requireEqual("an RgLruCell", List.of("recurrence", "input"), recurrence, input);
    int size = recurrence.hiddenSize();
    CellShapes.require("an RgLruCell", "gates", recurrence.weightIh(), size, size);
    CellShapes.require("an RgLruCell", "lambda", lambda, size);
  }

  /** Returns a cell with freshly drawn gates and σ(Λ)⁸ evenly between 0.9 and 0.999. */
  public static RgLruCell of(int size, RandomGenerator random) {
    Sized.requireSize("size", size);
    Tensor drawn = Initializers.uniform(0, 1).create(Shape.of(size), random);
    double[] lambda = new double[size];
    for (int j = 0; j < size; j++) {
      double a = StrictMath.pow(0.9 + 0.099 * drawn.at(j), 1 / POWER);
      lambda[j] = StrictMath.log(a / (1 - a));
    }
    return new RgLruCell(
        InputGate.of(size, size, random),
        InputGate.of(size, size, random),
        Parameter.of("lambda", Tensor.of(lambda)));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, recurrence.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node r = recurrence.apply(x).sigmoid();
    Node i = input.apply(x).sigmoid();
    Node logA = r.times(Exponentials.logSigmoid(lambda).times(POWER));
    Node scale = Exponentials.minusOne(logA.times(2)).negate().sqrt();
    Node next = logA.exp().times(h).plus(scale.times(i.times(x)));
    return new Step<>(next, next);
  }
}
