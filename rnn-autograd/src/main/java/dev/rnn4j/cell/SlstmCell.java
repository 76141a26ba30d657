package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * sLSTM, an LSTM with exponential gates and a normaliser (Beck et al., "xLSTM: Extended Long
 * Short-Term Memory", 2024), of one head. m keeps the exponentials from overflowing, and changes
 * nothing of h:
 *
 * <pre>
 * i = exp(aᵢ), f = σ(a_f) or exp(a_f), z = tanh(a_z), o = σ(a_o),  a = x·W + h·U + b
 * m′ = max(ln f + m, ln i)
 * c′ = f·exp(m − m′)⊙c + i·exp(−m′)⊙z
 * n′ = f·exp(m − m′)⊙n + i·exp(−m′)
 * h′ = o⊙c′/n′
 * </pre>
 *
 * <p>The paper's R is U here; its ĩ, f̃, z̃ and õ are the a of the gates.
 *
 * @param input aᵢ
 * @param forget a_f
 * @param candidate a_z
 * @param output a_o
 * @param forgetGate σ or exp
 */
public record SlstmCell(Gate input, Gate forget, Gate candidate, Gate output, ForgetGate forgetGate)
    implements Cell<SlstmCell.State> {
  /**
   * The hidden state, the cell state, its normaliser, and the logarithm that both are divided by.
   *
   * @param h {@code [N, H]}
   * @param c {@code [N, H]}
   * @param n {@code [N, H]}
   * @param m {@code [N, H]}
   */
  public record State(Node h, Node c, Node n, Node m) {}

  /**
   * Creates the cell of four gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public SlstmCell {
    Sized.requireEqual(
        "an SlstmCell",
        List.of("input", "forget", "candidate", "output"),
        input,
        forget,
        candidate,
        output);
    checkNotNull(forgetGate, "an SlstmCell was given null as its forgetGate");
  }

  /** Returns a cell with freshly drawn weights and a sigmoid forget gate that begins open. */
  public static SlstmCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new SlstmCell(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random).withBias(3),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random),
        ForgetGate.SIGMOID);
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, input.hiddenSize());
    return new State(zeros, zeros, zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State s) {
    Node logI = input.apply(x, s.h());
    Node logF = forgetGate.log(forget.apply(x, s.h())).plus(s.m());
    Node z = candidate.apply(x, s.h()).tanh();
    Node o = output.apply(x, s.h()).sigmoid();
    Node m = logF.maximum(logI);
    Node i = logI.minus(m).exp();
    Node f = logF.minus(m).exp();
    Node c = f.times(s.c()).plus(i.times(z));
    Node n = f.times(s.n()).plus(i);
    Node h = o.times(c.dividedBy(n));
    return new Step<>(h, new State(h, c, n, m));
  }
}
