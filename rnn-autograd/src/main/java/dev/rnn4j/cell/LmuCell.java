package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.Sized;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * The Legendre memory unit (Voelker, Kajić and Eliasmith, "Legendre Memory Units: Continuous-Time
 * Representation in Recurrent Neural Networks", 2019): a memory of d numbers holds the last θ steps
 * of a signal u as Legendre polynomials, by matrices that are not learned.
 *
 * <pre>
 * u = x·e_x + h·e_h + m·e_m
 * m′ = m·Āᵀ + u·B̄
 * h′ = tanh(x·W_x + h·W_h + m′·W_m)
 *
 * A_ij = (2i + 1)/θ · (−1 where i &lt; j, else (−1)^(i − j + 1)),  B_i = (2i + 1)/θ · (−1)^i
 * </pre>
 *
 * <p>Ā = e^A and B̄ = A⁻¹·(e^A − 1)·B hold u for a step of length 1 (zero-order hold).
 *
 * @param inputEncoder e_x, {@code [I, 1]}
 * @param hiddenEncoder e_h, {@code [H, 1]}
 * @param memoryEncoder e_m, {@code [d, 1]}
 * @param inputKernel W_x, {@code [I, H]}
 * @param hiddenKernel W_h, {@code [H, H]}
 * @param memoryKernel W_m, {@code [d, H]}
 * @param window θ, in steps
 */
public record LmuCell(
    Linear inputEncoder,
    Linear hiddenEncoder,
    Linear memoryEncoder,
    Linear inputKernel,
    Linear hiddenKernel,
    Linear memoryKernel,
    double window)
    implements Cell<LmuCell.State> {
  /**
   * The hidden state and the memory.
   *
   * @param h {@code [N, H]}
   * @param m {@code [N, d]}
   */
  public record State(Node h, Node m) {}

  /**
   * Creates the cell.
   *
   * @throws IllegalArgumentException where its parts are not of fitting sizes, and for a window of
   *     no length
   */
  public LmuCell {
    checkArgument(window > 0, "the window of an LmuCell is longer than 0 steps, not %s", window);
    checkNotNull(inputKernel, "an LmuCell was given null as its inputKernel");
    checkNotNull(memoryKernel, "an LmuCell was given null as its memoryKernel");
    int inputs = inputKernel.inputSize();
    int size = inputKernel.outputSize();
    int order = memoryKernel.inputSize();
    CellShapes.require("an LmuCell", "an inputEncoder", inputEncoder, inputs, 1);
    CellShapes.require("an LmuCell", "a hiddenEncoder", hiddenEncoder, size, 1);
    CellShapes.require("an LmuCell", "a memoryEncoder", memoryEncoder, order, 1);
    CellShapes.require("an LmuCell", "a hiddenKernel", hiddenKernel, size, size);
    CellShapes.require("an LmuCell", "a memoryKernel", memoryKernel, order, size);
  }

  /**
   * Returns a cell with freshly drawn weights, and e_m of zeros, as in the paper.
   *
   * @param order d, the numbers of the memory
   * @param window θ, how many steps it holds
   */
  public static LmuCell of(
      int inputSize, int hiddenSize, int order, double window, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("hiddenSize", hiddenSize);
    Sized.requireSize("order", order);
    Shape none = Shape.of(order, 1);
    return new LmuCell(
        Linear.of(inputSize, 1, random),
        Linear.of(hiddenSize, 1, random),
        new Linear(Parameter.of("weight", Initializers.zeros().create(none, random))),
        Linear.of(inputSize, hiddenSize, random),
        Linear.of(hiddenSize, hiddenSize, random),
        Linear.of(order, hiddenSize, random),
        window);
  }

  @Override
  public State initialState(int batchSize) {
    return new State(
        Node.zeros(batchSize, hiddenKernel.inputSize()),
        Node.zeros(batchSize, memoryKernel.inputSize()));
  }

  @Override
  public Step<State> step(Node x, State state) {
    return step(x, state, held());
  }

  /** Makes the constants once: those of all steps are the same. */
  @Override
  public Begun<State> begin(ForwardPass pass, int batchSize) {
    Node held = held();
    return new Begun<>(initialState(batchSize), (x, state) -> step(x, state, held));
  }

  private Step<State> step(Node x, State s, Node held) {
    int order = memoryKernel.inputSize();
    Node u =
        inputEncoder.apply(x).plus(hiddenEncoder.apply(s.h())).plus(memoryEncoder.apply(s.m()));
    Node kept = s.m().matmul(held.slice(0, 0, order));
    Node m = kept.plus(u.times(held.slice(0, order, order + 1)));
    Node sum = inputKernel.apply(x).plus(hiddenKernel.apply(s.h())).plus(memoryKernel.apply(m));
    Node h = sum.tanh();
    return new Step<>(h, new State(h, m));
  }

  /** Returns Āᵀ and below it B̄, {@code [d + 1, d]}. */
  private Node held() {
    int order = memoryKernel.inputSize();
    double[][] ab = new double[order + 1][order + 1];
    for (int i = 0; i < order; i++) {
      double scale = (2 * i + 1) / window;
      for (int j = 0; j < order; j++) {
        ab[j][i] = scale * (i < j || (i - j) % 2 == 0 ? -1 : 1);
      }
      ab[order][i] = scale * (i % 2 == 0 ? 1 : -1);
    }
    double[][] exponential = MatrixExponential.of(ab);
    double[] values = new double[(order + 1) * order];
    for (int i = 0; i <= order; i++) {
      System.arraycopy(exponential[i], 0, values, i * order, order);
    }
    return Node.constant(Tensor.of(Shape.of(order + 1, order), values));
  }
}
