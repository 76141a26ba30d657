package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.InputGate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The simple recurrent unit (Lei, Zhang, Wang, Dai and Artzi, "Simple Recurrent Units for Highly
 * Parallelizable Recurrence", 2018), for inputs and outputs of one size H: gates see the state
 * through vectors only, so that all products are taken for all steps at once.
 *
 * <pre>
 * f = σ(x·W_f + v_f⊙c + b_f)
 * c′ = f⊙c + (1 − f)⊙(x·W)
 * r = σ(x·W_r + v_r⊙c + b_r)
 * h = r⊙c′ + (1 − r)⊙x
 * </pre>
 *
 * @param forget W_f and b_f
 * @param reset W_r and b_r
 * @param candidate W, {@code [H, H]}
 * @param forgetPeephole v_f, {@code [H]}
 * @param resetPeephole v_r, {@code [H]}
 */
public record SruCell(
    InputGate forget,
    InputGate reset,
    Linear candidate,
    Parameter forgetPeephole,
    Parameter resetPeephole)
    implements Cell<Node> {
  /**
   * Creates the cell.
   *
   * @throws dev.rnn4j.tensor.ShapeException where its parts are not of one size
   */
  public SruCell {
    Sized.requireEqual("an SruCell", List.of("forget", "reset"), forget, reset);
    int size = forget.hiddenSize();
    CellShapes.require("an SruCell", "gates", forget.weightIh(), size, size);
    CellShapes.require("an SruCell", "a candidate", candidate, size, size);
    CellShapes.require("an SruCell", "a forgetPeephole", forgetPeephole, size);
    CellShapes.require("an SruCell", "a resetPeephole", resetPeephole, size);
  }

  /** Returns a cell with freshly drawn weights and peepholes of zeros. */
  public static SruCell of(int size, RandomGenerator random) {
    Sized.requireSize("size", size);
    Tensor zeros = Tensor.zeros(Shape.of(size));
    return new SruCell(
        InputGate.of(size, size, random),
        InputGate.of(size, size, random),
        Linear.of(size, size, random),
        Parameter.of("forgetPeephole", zeros),
        Parameter.of("resetPeephole", zeros));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, forget.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node c) {
    Node f = forget.apply(x).plus(forgetPeephole.times(c)).sigmoid();
    Node r = reset.apply(x).plus(resetPeephole.times(c)).sigmoid();
    Node next = f.times(c).plus(f.complement().times(candidate.apply(x)));
    Node h = r.times(next).plus(r.complement().times(x));
    return new Step<>(h, next);
  }
}
