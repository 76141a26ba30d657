package dev.rnn4j.usage;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import java.util.random.RandomGenerator;

/**
 * Two recurrences with one recurrent matrix; the second reads the first one's outputs backwards.
 */
public record TwoWay(ElmanCell first, ElmanCell second) implements Layer {
  public static TwoWay of(int inputSize, int hiddenSize, RandomGenerator random) {
    Gate lower = Gate.of(inputSize, hiddenSize, random);
    Gate upper = Gate.of(hiddenSize, hiddenSize, random);
    Parameter shared = lower.weightHh();
    return new TwoWay(
        new ElmanCell(lower, Activation.TANH),
        new ElmanCell(new Gate(upper.weightIh(), shared, upper.bias()), Activation.SIGMOID));
  }

  @Override
  public Signal apply(Signal sequence) {
    Signal there = Unroll.forward(first, sequence).outputs();
    Signal back = Unroll.backward(second, there).outputs();
    return there.with(Node.concat(-1, there.values(), back.values()));
  }
}
