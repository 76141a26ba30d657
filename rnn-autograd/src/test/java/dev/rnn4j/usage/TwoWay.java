package dev.rnn4j.usage;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.Gate;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Layer;
import dev.rnn4j.layer.Unroll;
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
  public Node apply(Node sequence) {
    int batchSize = sequence.size(1);
    Node there = Unroll.forward(first, sequence, first.initialState(batchSize)).outputs();
    Node back = Unroll.backward(second, there, second.initialState(batchSize)).outputs();
    return Node.concat(-1, there, back);
  }
}
