package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Cosine;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * The linear recurrent unit (Orvieto et al., "Resurrecting Recurrent Neural Networks for Long
 * Sequences", 2023): a complex diagonal recurrence whose eigenvalues lie within the unit circle.
 *
 * <pre>
 * λ = exp(−exp(ν) + i·exp(θ))
 * s′ = λ⊙s + exp(γ)⊙(u·B)
 * y = Re(s′·C) + u·D
 * </pre>
 *
 * <p>ν, θ and γ are the logarithms that the paper learns, its ν_log, θ_log and γ_log. Matrices are
 * transposed, as inputs are rows; its D, where it is a vector, is the diagonal of the one here.
 *
 * @param nu ν, {@code [H]}
 * @param theta θ, {@code [H]}
 * @param gamma γ, {@code [H]}
 * @param inputRe Re B, {@code [I, H]}
 * @param inputIm Im B, {@code [I, H]}
 * @param outputRe Re C, {@code [H, O]}
 * @param outputIm Im C, {@code [H, O]}
 * @param skip D, {@code [I, O]}
 */
public record LruCell(
    Parameter nu,
    Parameter theta,
    Parameter gamma,
    Linear inputRe,
    Linear inputIm,
    Linear outputRe,
    Linear outputIm,
    Linear skip)
    implements Cell<LruCell.State> {
  /**
   * The complex state.
   *
   * @param re Re s, {@code [N, H]}
   * @param im Im s, {@code [N, H]}
   */
  public record State(Node re, Node im) {}

  /**
   * Creates the cell of its parameters.
   *
   * @throws dev.rnn4j.tensor.ShapeException where their shapes do not fit each other
   */
  public LruCell {
    checkNotNull(inputRe, "an LruCell was given null as its inputRe");
    checkNotNull(outputRe, "an LruCell was given null as its outputRe");
    int size = inputRe.outputSize();
    int inputs = inputRe.inputSize();
    int outputs = outputRe.outputSize();
    CellShapes.require("an LruCell", "nu", nu, size);
    CellShapes.require("an LruCell", "theta", theta, size);
    CellShapes.require("an LruCell", "gamma", gamma, size);
    CellShapes.require("an LruCell", "inputIm", inputIm, inputs, size);
    CellShapes.require("an LruCell", "outputRe", outputRe, size, outputs);
    CellShapes.require("an LruCell", "outputIm", outputIm, size, outputs);
    CellShapes.require("an LruCell", "skip", skip, inputs, outputs);
  }

  /**
   * Returns a cell with eigenvalues drawn evenly over the ring between the radii 0.4 and 0.99, with
   * phases up to π/10, and γ = ln √(1 − |λ|²), as in the paper.
   */
  public static LruCell of(int inputSize, int hiddenSize, int outputSize, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("hiddenSize", hiddenSize);
    Sized.requireSize("outputSize", outputSize);
    Tensor drawn = Initializers.uniform(0, 1).create(Shape.of(hiddenSize, 2), random);
    double[] nu = new double[hiddenSize];
    double[] theta = new double[hiddenSize];
    double[] gamma = new double[hiddenSize];
    for (int i = 0; i < hiddenSize; i++) {
      double square = 0.16 + (0.9801 - 0.16) * drawn.get(i, 0);
      nu[i] = StrictMath.log(-0.5 * StrictMath.log(square));
      theta[i] = StrictMath.log(Math.PI / 10 * (1 - drawn.get(i, 1)));
      gamma[i] = 0.5 * StrictMath.log(1 - square);
    }
    return new LruCell(
        Parameter.of("nu", Tensor.of(nu)),
        Parameter.of("theta", Tensor.of(theta)),
        Parameter.of("gamma", Tensor.of(gamma)),
        normal(inputSize, hiddenSize, 2 * inputSize, random),
        normal(inputSize, hiddenSize, 2 * inputSize, random),
        normal(hiddenSize, outputSize, hiddenSize, random),
        normal(hiddenSize, outputSize, hiddenSize, random),
        normal(inputSize, outputSize, inputSize, random));
  }

  private static Linear normal(int rows, int columns, int variance, RandomGenerator random) {
    Shape shape = Shape.of(rows, columns);
    double deviation = 1 / Math.sqrt(variance);
    return new Linear(Parameter.of("weight", Initializers.normal(deviation).create(shape, random)));
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, inputRe.outputSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node u, State s) {
    Node radius = nu.exp().negate().exp();
    Node a = radius.times(Cosine.cos(theta.exp())); // λ = a + ib
    Node b = radius.times(Cosine.sin(theta.exp()));
    Node scale = gamma.exp();
    Node re = a.times(s.re()).minus(b.times(s.im())).plus(scale.times(inputRe.apply(u)));
    Node im = a.times(s.im()).plus(b.times(s.re())).plus(scale.times(inputIm.apply(u)));
    Node y = outputRe.apply(re).minus(outputIm.apply(im)).plus(skip.apply(u));
    return new Step<>(y, new State(re, im));
  }
}
