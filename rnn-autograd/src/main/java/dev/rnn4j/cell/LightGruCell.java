package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.LayerNorm;
import dev.rnn4j.part.LayerNormGate;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * The light GRU (Ravanelli, Brakel, Omologo and Bengio, "Light Gated Recurrent Units for Speech
 * Recognition", 2018): no reset gate, ReLU, and what comes from the input is normalised.
 *
 * <pre>
 * z = σ(LN_z(x·W_z) + h·U_z)
 * n = relu(LN_n(x·W_n) + h·U_n)
 * h′ = z⊙h + (1 − z)⊙n
 * </pre>
 *
 * <p>The paper normalises over the batch; here each step is normalised by itself, so that a
 * sequence depends on no other.
 *
 * @param update z, how much of the state stays
 * @param candidate n, what takes the place of the rest
 */
public record LightGruCell(Normalised update, Normalised candidate) implements Cell<Node> {
  /**
   * The weighted sum LN(x·W) + h·U.
   *
   * @param weightIh W, {@code [I, H]}
   * @param weightHh U, {@code [H, H]}
   * @param norm LN, of size H
   */
  public record Normalised(Parameter weightIh, Parameter weightHh, LayerNorm norm) {
    /**
     * Creates the sum of two parameters and a norm.
     *
     * @throws ShapeException where their shapes do not fit each other
     */
    public Normalised {
      checkNotNull(weightIh, "a gate of a LightGruCell was given null as its weightIh");
      checkNotNull(weightHh, "a gate of a LightGruCell was given null as its weightHh");
      checkNotNull(norm, "a gate of a LightGruCell was given null as its norm");
      new LayerNormGate(weightIh, weightHh, norm); // checks shapes
    }

    /** Returns a sum with weights drawn as in {@link Gate#of}. */
    public static Normalised of(int inputSize, int hiddenSize, RandomGenerator random) {
      Gate gate = Gate.of(inputSize, hiddenSize, random);
      return new Normalised(gate.weightIh(), gate.weightHh(), LayerNorm.of(hiddenSize));
    }

    /** Returns LN(x·W) + h·U, {@code [N, H]}. */
    public Node apply(Node x, Node h) {
      return norm.apply(x.matmul(weightIh)).plus(h.matmul(weightHh));
    }
  }

  /**
   * Creates the cell.
   *
   * @throws ShapeException for parts of different sizes
   */
  public LightGruCell {
    checkNotNull(update, "a LightGruCell was given null as its update");
    checkNotNull(candidate, "a LightGruCell was given null as its candidate");
    Shape shape = update.weightIh().shape();
    CellShapes.require(
        "a LightGruCell", "a candidate", candidate.weightIh(), shape.size(0), shape.size(1));
  }

  /** Returns a cell with freshly drawn weights. */
  public static LightGruCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new LightGruCell(
        Normalised.of(inputSize, hiddenSize, random), Normalised.of(inputSize, hiddenSize, random));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, update.norm().size());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node z = update.apply(x, h).sigmoid();
    Node n = candidate.apply(x, h).relu();
    Node next = z.times(h).plus(z.complement().times(n));
    return new Step<>(next, next);
  }
}
