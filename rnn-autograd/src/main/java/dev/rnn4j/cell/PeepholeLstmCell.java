package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Long short-term memory with peepholes (Gers, Schraudolph and Schmidhuber, "Learning Precise
 * Timing with LSTM Recurrent Networks", 2002): gates see the cell state itself, the output gate the
 * new one.
 *
 * <pre>
 * i = σ(x·Wᵢ + h·Uᵢ + pᵢ⊙c + bᵢ)
 * f = σ(x·W_f + h·U_f + p_f⊙c + b_f)
 * g = tanh(x·W_g + h·U_g + b_g)
 * c′ = f⊙c + i⊙g
 * o = σ(x·W_o + h·U_o + p_o⊙c′ + b_o)
 * h′ = o⊙tanh(c′)
 * </pre>
 *
 * @param input i, how much of the candidate enters
 * @param forget f, how much of the cell state stays
 * @param candidate g, what may enter
 * @param output o, how much of the cell state shows
 * @param inputPeephole pᵢ, {@code [H]}, the diagonal of the paper's matrix from c to the gate
 * @param forgetPeephole p_f, {@code [H]}
 * @param outputPeephole p_o, {@code [H]}
 */
public record PeepholeLstmCell(
    Gate input,
    Gate forget,
    Gate candidate,
    Gate output,
    Parameter inputPeephole,
    Parameter forgetPeephole,
    Parameter outputPeephole)
    implements Cell<LstmCell.State> {
  /**
   * Creates the cell of four gates and three peepholes.
   *
   * @throws ShapeException where their sizes do not fit each other
   */
  public PeepholeLstmCell {
    Sized.requireEqual(
        "a PeepholeLstmCell",
        List.of("input", "forget", "candidate", "output"),
        input,
        forget,
        candidate,
        output);
    int size = input.hiddenSize();
    CellShapes.require("a PeepholeLstmCell", "an inputPeephole", inputPeephole, size);
    CellShapes.require("a PeepholeLstmCell", "a forgetPeephole", forgetPeephole, size);
    CellShapes.require("a PeepholeLstmCell", "an outputPeephole", outputPeephole, size);
  }

  /** Returns a cell with gates as in {@link LstmCell#of} and peepholes of zeros. */
  public static PeepholeLstmCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    LstmCell lstm = LstmCell.of(inputSize, hiddenSize, random);
    Tensor zeros = Tensor.zeros(Shape.of(hiddenSize));
    return new PeepholeLstmCell(
        lstm.input(),
        lstm.forget(),
        lstm.candidate(),
        lstm.output(),
        Parameter.of("inputPeephole", zeros),
        Parameter.of("forgetPeephole", zeros),
        Parameter.of("outputPeephole", zeros));
  }

  @Override
  public LstmCell.State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, input.hiddenSize());
    return new LstmCell.State(zeros, zeros);
  }

  @Override
  public Step<LstmCell.State> step(Node x, LstmCell.State state) {
    Node i = input.apply(x, state.h()).plus(inputPeephole.times(state.c())).sigmoid();
    Node f = forget.apply(x, state.h()).plus(forgetPeephole.times(state.c())).sigmoid();
    Node g = candidate.apply(x, state.h()).tanh();
    Node c = f.times(state.c()).plus(i.times(g));
    Node o = output.apply(x, state.h()).plus(outputPeephole.times(c)).sigmoid();
    Node h = o.times(c.tanh());
    return new Step<>(h, new LstmCell.State(h, c));
  }
}
