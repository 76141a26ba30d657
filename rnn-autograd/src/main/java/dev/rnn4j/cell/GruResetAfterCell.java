package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

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
 * The gated recurrent unit with the reset gate after the product with U_n, so that all products of
 * a step can be taken at once: the form of PyTorch, cuDNN and ONNX's {@code linear_before_reset}
 * (Cho et al., 2014, in the first version of the paper).
 *
 * <pre>
 * r = σ(x·W_r + h·U_r + b_r)
 * z = σ(x·W_z + h·U_z + b_z)
 * n = tanh(x·W_n + b_n + r⊙(h·U_n + b_hn))
 * h′ = (1 − z)⊙n + z⊙h = n + z⊙(h − n)
 * </pre>
 *
 * @param reset r, how much of the recurrent part the candidate sees
 * @param update z, how much of the state stays
 * @param candidate n, what may take its place
 * @see GruCell
 */
public record GruResetAfterCell(Gate reset, Gate update, Candidate candidate)
    implements Cell<GruResetAfterCell.State> {
  /**
   * The hidden state.
   *
   * @param h {@code [N, H]}
   */
  public record State(Node h) {}

  /**
   * The weighted sum of the candidate, x·W + b + r⊙(h·U + b_h): a gate with a bias for each of the
   * two products, as one of them is reset.
   *
   * @param weightIh W, {@code [I, H]}
   * @param weightHh U, {@code [H, H]}
   * @param bias b, {@code [H]}
   * @param biasHh b_h, {@code [H]}
   */
  public record Candidate(Parameter weightIh, Parameter weightHh, Parameter bias, Parameter biasHh)
      implements Sized {
    /**
     * Creates the candidate of four parameters.
     *
     * @throws ShapeException where their shapes do not fit each other
     */
    public Candidate {
      checkNotNull(weightIh, "the candidate of a GruResetAfterCell was given null as its weightIh");
      checkNotNull(weightHh, "the candidate of a GruResetAfterCell was given null as its weightHh");
      checkNotNull(bias, "the candidate of a GruResetAfterCell was given null as its bias");
      checkNotNull(biasHh, "the candidate of a GruResetAfterCell was given null as its biasHh");
      boolean fits =
          weightIh.shape().rank() == 2
              && weightHh.shape().equals(Shape.of(weightIh.size(1), weightIh.size(1)))
              && bias.shape().equals(Shape.of(weightIh.size(1)))
              && biasHh.shape().equals(bias.shape());
      if (!fits) {
        throw new ShapeException(
            "the candidate of a GruResetAfterCell takes weightIh [I, H], weightHh [H, H], bias [H]"
                + " and biasHh [H], and was given "
                + weightIh.shape()
                + ", "
                + weightHh.shape()
                + ", "
                + bias.shape()
                + " and "
                + biasHh.shape());
      }
    }

    /** Returns a candidate with weights drawn as in {@link Gate#of}, and biases of zeros. */
    public static Candidate of(int inputSize, int hiddenSize, RandomGenerator random) {
      Gate gate = Gate.of(inputSize, hiddenSize, random);
      Parameter biasHh = Parameter.of("biasHh", Tensor.zeros(gate.bias().shape()));
      return new Candidate(gate.weightIh(), gate.weightHh(), gate.bias(), biasHh);
    }

    /** Returns I. */
    @Override
    public int inputSize() {
      return weightIh.size(0);
    }

    /** Returns H. */
    @Override
    public int hiddenSize() {
      return weightHh.size(0);
    }

    /**
     * Returns x·W + b + r⊙(h·U + b_h), {@code [N, H]}.
     *
     * @param x {@code [N, I]}
     * @param r {@code [N, H]}
     * @param h {@code [N, H]}
     */
    public Node apply(Node x, Node r, Node h) {
      return x.matmul(weightIh).plus(bias).plus(r.times(h.matmul(weightHh).plus(biasHh)));
    }
  }

  /**
   * Creates the cell of its gates and its candidate.
   *
   * @throws ShapeException where they are of different sizes
   */
  public GruResetAfterCell {
    Sized.requireEqual(
        "a GruResetAfterCell", List.of("reset", "update", "candidate"), reset, update, candidate);
  }

  /** Returns a cell with freshly drawn weights and biases of zeros, as in {@link Gate#of}. */
  public static GruResetAfterCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new GruResetAfterCell(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        Candidate.of(inputSize, hiddenSize, random));
  }

  /** Returns I. */
  public int inputSize() {
    return reset.inputSize();
  }

  /** Returns H. */
  public int hiddenSize() {
    return reset.hiddenSize();
  }

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, hiddenSize()));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node r = reset.apply(x, state.h()).sigmoid();
    Node z = update.apply(x, state.h()).sigmoid();
    Node n = candidate.apply(x, r, state.h()).tanh();
    Node h = n.plus(z.times(state.h().minus(n)));
    return new Step<>(h, new State(h));
  }
}
