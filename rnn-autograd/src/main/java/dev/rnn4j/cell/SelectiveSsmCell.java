package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.InputGate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * S6, the selective state space that is the core of Mamba (Gu and Dao, "Mamba: Linear-Time Sequence
 * Modeling with Selective State Spaces", 2023), for inputs and outputs of one size D and S states
 * for each of them, discretised with a zero-order hold (its equation 4):
 *
 * <pre>
 * Δ = softplus(x·W_r·W_Δ + b_Δ)          [N, D]
 * B = x·W_B, C = x·W_C                   [N, S]
 * A = −exp(A_log)                        [D, S]
 * h′ = exp(Δ⊙A)⊙h + (exp(Δ⊙A) − 1)/A ⊙ B ⊙ x   [N, D, S]
 * y = Σ_s C_s⊙h′_s + D⊙x
 * </pre>
 *
 * <p>The paper's s_Δ is x·W_r·W_Δ, and its parameter of Δ the bias b_Δ. A single step is exact, and
 * not the simplification Δ⊙B that its code takes for B.
 *
 * @param rank W_r, {@code [D, R]}
 * @param timeStep W_Δ, {@code [R, D]}, and b_Δ
 * @param input W_B, {@code [D, S]}
 * @param output W_C, {@code [D, S]}
 * @param decay A_log, {@code [D, S]}
 * @param skip D, {@code [D]}
 */
public record SelectiveSsmCell(
    Linear rank, InputGate timeStep, Linear input, Linear output, Parameter decay, Parameter skip)
    implements Cell<Node> {
  /**
   * Creates the cell of its parts.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public SelectiveSsmCell {
    checkNotNull(rank, "a SelectiveSsmCell was given null as its rank");
    checkNotNull(timeStep, "a SelectiveSsmCell was given null as its timeStep");
    checkNotNull(input, "a SelectiveSsmCell was given null as its input");
    int size = rank.inputSize();
    int states = input.outputSize();
    String cell = "a SelectiveSsmCell";
    CellShapes.require(cell, "a timeStep", timeStep.weightIh(), rank.outputSize(), size);
    CellShapes.require(cell, "an input", input, size, states);
    CellShapes.require(cell, "an output", output, size, states);
    CellShapes.require(cell, "a decay", decay, size, states);
    CellShapes.require(cell, "a skip", skip, size);
  }

  /**
   * Returns a cell with A = −1 … −S for each input, Δ drawn from 0.001 to 0.1 where x is 0, a rank
   * of D/16, and a skip of ones.
   */
  public static SelectiveSsmCell of(int size, int states, RandomGenerator random) {
    Sized.requireSize("size", size);
    Sized.requireSize("states", states);
    int rank = (size + 15) / 16;
    double[] decay = new double[size * states];
    double[] bias = new double[size];
    for (int i = 0; i < decay.length; i++) {
      decay[i] = StrictMath.log(1 + i % states);
    }
    Tensor drawn = Initializers.uniform(0, 1).create(Shape.of(size), random);
    for (int d = 0; d < size; d++) {
      double step = 0.001 * StrictMath.pow(100, drawn.at(d));
      bias[d] = StrictMath.log(StrictMath.expm1(step)); // softplus of it is the step
    }
    InputGate timeStep = InputGate.of(rank, size, random);
    return new SelectiveSsmCell(
        Linear.of(size, rank, random),
        new InputGate(timeStep.weightIh(), Parameter.of("bias", Tensor.of(bias))),
        Linear.of(size, states, random),
        Linear.of(size, states, random),
        Parameter.of("decay", Tensor.of(Shape.of(size, states), decay)),
        Parameter.of("skip", Tensor.full(Shape.of(size), 1)));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, rank.inputSize(), input.outputSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    int batchSize = x.size(0);
    int size = rank.inputSize();
    int states = input.outputSize();
    Node delta = timeStep.apply(rank.apply(x)).softplus().reshape(batchSize, size, 1);
    Node b = input.apply(x).reshape(batchSize, 1, states);
    Node c = output.apply(x).reshape(batchSize, 1, states);
    Node a = decay.exp().negate();
    Node held = Exponentials.minusOne(delta.times(a)).dividedBy(a);
    Node entering = held.times(b).times(x.reshape(batchSize, size, 1));
    Node next = delta.times(a).exp().times(h).plus(entering);
    return new Step<>(next.times(c).sum(-1).plus(skip.times(x)), next);
  }
}
