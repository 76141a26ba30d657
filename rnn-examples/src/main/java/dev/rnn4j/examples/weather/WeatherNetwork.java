package dev.rnn4j.examples.weather;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Shape;

/**
 * The document's RecurrentLayer: h′ = tanh(x·Wi + h·Wh + bi), and y = h′·Wo + bo at every step.
 *
 * @param cell Wi, Wh and bi
 * @param output Wo and bo
 */
record WeatherNetwork(ElmanCell cell, Dense output) implements Layer {
  static final String INPUT_WEIGHTS = "cell.gate.weightIh";
  static final String HIDDEN_WEIGHTS = "cell.gate.weightHh";
  static final String OUTPUT_WEIGHTS = "output.weight";

  /** Draws all parameters uniformly from ±1/√H, in the document's order. */
  static WeatherNetwork draw(int inputSize, int hiddenSize, int outputSize, NumpyRandom random) {
    Initializer uniform = Initializers.reciprocalRootUniform(hiddenSize);
    Parameter inputWeights = Parameter.of(uniform.create(Shape.of(inputSize, hiddenSize), random));
    Parameter hiddenWeights =
        Parameter.of(uniform.create(Shape.of(hiddenSize, hiddenSize), random));
    Parameter outputWeights =
        Parameter.of(uniform.create(Shape.of(hiddenSize, outputSize), random));
    Parameter outputBias = Parameter.of(uniform.create(Shape.of(outputSize), random));
    Parameter inputBias = Parameter.of(uniform.create(Shape.of(hiddenSize), random));
    Gate gate = new Gate(inputWeights, hiddenWeights, inputBias);
    return new WeatherNetwork(
        new ElmanCell(gate, Activation.TANH), new Dense(outputWeights, outputBias));
  }

  /** Returns the hidden states, {@code [T, N, H]}. */
  Node hidden(Node sequence) {
    return new Recurrent<>(cell).apply(sequence);
  }

  @Override
  public Signal apply(Signal sequence) {
    return output.apply(new Recurrent<>(cell).apply(sequence));
  }
}
