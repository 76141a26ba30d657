package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * Forced harmonic oscillators, y″ = −A⊙y + u·B, read out as y·C + u·D: what both LinOSS cells
 * discretise (Rusch and Rus, "Oscillatory State-Space Models", 2025). A = relu(Â) is not negative,
 * and the time step Δt = σ(d) lies between 0 and 1: for an A that is not negative, Â is A, and for
 * a Δt between them, d is ln(Δt/(1 − Δt)).
 *
 * @param frequency Â, {@code [H]}
 * @param timeStep d, {@code [H]}
 * @param force B, {@code [I, H]}
 * @param output C, {@code [H, O]}
 * @param skip D, {@code [I, O]}
 */
public record Oscillators(
    Parameter frequency, Parameter timeStep, Linear force, Linear output, Linear skip) {
  /**
   * Positions and velocities.
   *
   * @param y {@code [N, H]}
   * @param z {@code [N, H]}
   */
  public record State(Node y, Node z) {}

  /**
   * Creates the oscillators of their parameters.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public Oscillators {
    checkNotNull(force, "an Oscillators was given null as its force");
    checkNotNull(output, "an Oscillators was given null as its output");
    int size = force.outputSize();
    CellShapes.require("an Oscillators", "a frequency", frequency, size);
    CellShapes.require("an Oscillators", "a timeStep", timeStep, size);
    CellShapes.require("an Oscillators", "a skip", skip, force.inputSize(), output.outputSize());
    if (output.inputSize() != size) {
      throw new ShapeException(
          "an Oscillators with H = "
              + size
              + " takes an output [H, O], and was given "
              + output.weight().shape());
    }
  }

  /** Returns oscillators with Â drawn from 0 to 1, d from −0.5 to 0.5, and matrices of Glorot. */
  static Oscillators of(int inputSize, int hiddenSize, int outputSize, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("hiddenSize", hiddenSize);
    Sized.requireSize("outputSize", outputSize);
    Shape shape = Shape.of(hiddenSize);
    return new Oscillators(
        Parameter.of("frequency", Initializers.uniform(0, 1).create(shape, random)),
        Parameter.of("timeStep", Initializers.uniform(-0.5, 0.5).create(shape, random)),
        Linear.of(inputSize, hiddenSize, random),
        Linear.of(hiddenSize, outputSize, random),
        Linear.of(inputSize, outputSize, random));
  }

  State zeros(int batchSize) {
    Node zeros = Node.zeros(batchSize, force.outputSize());
    return new State(zeros, zeros);
  }

  /** Returns A. */
  Node stiffness() {
    return frequency.relu();
  }

  /** Returns Δt. */
  Node step() {
    return timeStep.sigmoid();
  }

  /** Returns a step that ends at a state. */
  Step<State> ends(Node u, Node y, Node z) {
    return new Step<>(output.apply(y).plus(skip.apply(u)), new State(y, z));
  }
}
