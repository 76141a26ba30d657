package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The coupled oscillatory network (Rusch and Mishra, "Coupled Oscillatory Recurrent Neural Network
 * (coRNN)", 2021), with the damping taken at the step before:
 *
 * <pre>
 * z′ = z + Δt·(tanh(x·V + y·W + z·𝒲 + b) − γ·y − ε·z)
 * y′ = y + Δt·z′
 * </pre>
 *
 * <p>V, W and b are the gate's weightIh, weightHh and bias. The paper's z_n̄ is that of the step
 * before, as in its experiments.
 *
 * @param gate V, W and b
 * @param velocity 𝒲, {@code [H, H]}
 * @param timeStep Δt
 * @param frequency γ
 * @param damping ε
 */
public record CoRnnCell(
    Gate gate, Linear velocity, double timeStep, double frequency, double damping)
    implements Cell<CoRnnCell.State> {
  /**
   * Positions, which are the output, and velocities.
   *
   * @param y {@code [N, H]}
   * @param z {@code [N, H]}
   */
  public record State(Node y, Node z) {}

  /**
   * Creates the cell.
   *
   * @throws dev.rnn4j.tensor.ShapeException where 𝒲 is not {@code [H, H]}
   */
  public CoRnnCell {
    Sized.requireEqual("a CoRnnCell", List.of("gate"), gate);
    int size = gate.hiddenSize();
    CellShapes.require("a CoRnnCell", "a velocity", velocity, size, size);
  }

  /** Returns a cell with freshly drawn weights, Δt = 0.05, γ = 3 and ε = 5. */
  public static CoRnnCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    Gate gate = Gate.of(inputSize, hiddenSize, random);
    Linear velocity = new Linear(Gate.of(inputSize, hiddenSize, random).weightHh());
    return new CoRnnCell(gate, velocity, 0.05, 3, 5);
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, gate.hiddenSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State s) {
    Node force = gate.apply(x, s.y()).plus(velocity.apply(s.z())).tanh();
    Node back = s.y().times(frequency).plus(s.z().times(damping));
    Node z = s.z().plus(force.minus(back).times(timeStep));
    Node y = s.y().plus(z.times(timeStep));
    return new Step<>(y, new State(y, z));
  }
}
