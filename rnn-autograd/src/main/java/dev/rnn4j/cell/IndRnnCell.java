package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.InputGate;
import java.util.random.RandomGenerator;

/**
 * The independently recurrent network (Li et al., "Independently Recurrent Neural Network (IndRNN):
 * Building A Longer and Deeper RNN", 2018): each unit sees its own past only.
 *
 * <pre>
 * h′ = φ(x·W + u⊙h + b)
 * </pre>
 *
 * @param input W and b
 * @param recurrent u, {@code [H]}
 * @param activation φ, ReLU in the paper
 */
public record IndRnnCell(InputGate input, Parameter recurrent, Activation activation)
    implements Cell<Node> {
  /**
   * Creates the cell.
   *
   * @throws dev.rnn4j.tensor.ShapeException where u is not {@code [H]}
   */
  public IndRnnCell {
    checkNotNull(input, "an IndRnnCell was given null as its input");
    CellShapes.require("an IndRnnCell", "recurrent", recurrent, input.hiddenSize());
    checkNotNull(activation, "an IndRnnCell was given null as its activation");
  }

  /** Returns a cell with ReLU, and recurrent weights drawn from 0 to 1. */
  public static IndRnnCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    InputGate gate = InputGate.of(inputSize, hiddenSize, random);
    Initializer initial = Initializers.uniform(0, 1);
    return new IndRnnCell(
        gate,
        Parameter.of("recurrent", initial.create(gate.bias().shape(), random)),
        Activation.RELU);
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, input.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node next = activation.of(input.apply(x).plus(recurrent.times(h)));
    return new Step<>(next, next);
  }
}
