package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.InputGate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * mLSTM, an LSTM with a matrix for a memory (Beck et al., "xLSTM: Extended Long Short-Term Memory",
 * 2024), in heads of d = H/heads units that each have one input and one forget gate. Nothing but
 * the memory comes back. m keeps the exponentials from overflowing, and changes nothing of h:
 *
 * <pre>
 * q = x·W_q + b_q, k = x·W_k/√d + b_k, v = x·W_v + b_v, o = σ(x·W_o + b_o)
 * i = exp(x·wᵢ + bᵢ), f = σ(x·w_f + b_f) or exp(x·w_f + b_f)
 * m′ = max(ln f + m, ln i)
 * C′ = f·exp(m − m′)·C + i·exp(−m′)·v·kᵀ
 * n′ = f·exp(m − m′)·n + i·exp(−m′)·k
 * h = o⊙C′·q / max(|n′ᵀ·q|, exp(−m′))
 * </pre>
 *
 * <p>As in the paper, 1/√d is before the bias of k and not behind it. Unit j of head n is column
 * n·d + j of the matrices. C, n and m are the paper's stabilised ones, so that its max(|n′ᵀ·q|, 1)
 * is the one above.
 *
 * @param query q
 * @param key k
 * @param value v
 * @param output o
 * @param input ln i, of as many units as there are heads
 * @param forget what the forget gate is made of, likewise
 * @param forgetGate σ or exp
 */
public record MlstmCell(
    InputGate query,
    InputGate key,
    InputGate value,
    InputGate output,
    InputGate input,
    InputGate forget,
    ForgetGate forgetGate)
    implements Cell<MlstmCell.State> {
  /** Above, exp(−m) is infinite in float32, and h is 0 with any. */
  private static final double LARGEST = 80;

  /**
   * The memory, its normaliser, and the logarithm that both are divided by.
   *
   * @param c C, {@code [N, heads, d, d]}
   * @param n {@code [N, heads, d]}
   * @param m {@code [N, heads]}
   */
  public record State(Node c, Node n, Node m) {}

  /**
   * Creates the cell of its gates.
   *
   * @throws IllegalArgumentException where their sizes do not fit each other
   */
  public MlstmCell {
    checkNotNull(forgetGate, "an MlstmCell was given null as its forgetGate");
    Sized.requireEqual(
        "an MlstmCell", List.of("query", "key", "value", "output"), query, key, value, output);
    Sized.requireEqual("an MlstmCell", List.of("input", "forget"), input, forget);
    checkArgument(
        input.inputSize() == query.inputSize() && query.hiddenSize() % input.hiddenSize() == 0,
        "H = %s units of an MlstmCell are not in %s heads of equal size",
        query.hiddenSize(),
        input.hiddenSize());
  }

  /** Returns a cell with freshly drawn weights and sigmoid forget gates that begin open. */
  public static MlstmCell of(int inputSize, int hiddenSize, int heads, RandomGenerator random) {
    Sized.requireSize("heads", heads);
    return new MlstmCell(
        InputGate.of(inputSize, hiddenSize, random),
        InputGate.of(inputSize, hiddenSize, random),
        InputGate.of(inputSize, hiddenSize, random),
        InputGate.of(inputSize, hiddenSize, random),
        InputGate.of(inputSize, heads, random),
        InputGate.of(inputSize, heads, random).withBias(3),
        ForgetGate.SIGMOID);
  }

  private int heads() {
    return input.hiddenSize();
  }

  private int width() {
    return query.hiddenSize() / heads();
  }

  @Override
  public State initialState(int batchSize) {
    return new State(
        Node.zeros(batchSize, heads(), width(), width()),
        Node.zeros(batchSize, heads(), width()),
        Node.zeros(batchSize, heads()));
  }

  @Override
  public Step<State> step(Node x, State s) {
    int batchSize = x.size(0);
    Node q = query.apply(x).reshape(batchSize, heads(), width());
    Node k = x.matmul(key.weightIh()).times(1 / Math.sqrt(width())).plus(key.bias());
    Node keys = k.reshape(batchSize, heads(), width());
    Node v = value.apply(x).reshape(batchSize, heads(), width(), 1);
    Node o = output.apply(x).sigmoid();
    Node logI = input.apply(x);
    Node logF = forgetGate.log(forget.apply(x)).plus(s.m());
    Node m = logF.maximum(logI);
    Node i = logI.minus(m).exp().reshape(batchSize, heads(), 1);
    Node f = logF.minus(m).exp().reshape(batchSize, heads(), 1);
    Node n = f.times(s.n()).plus(i.times(keys));
    Node entering = v.times(i.times(keys).reshape(batchSize, heads(), 1, width()));
    Node c = f.reshape(batchSize, heads(), 1, 1).times(s.c()).plus(entering);
    Node read = c.times(q.reshape(batchSize, heads(), 1, width())).sum(-1);
    Node one = m.negate().minimum(Node.constant(LARGEST)).exp();
    Node norm = n.times(q).sum(-1).abs().maximum(one);
    Node shown = read.dividedBy(norm.reshape(batchSize, heads(), 1));
    Node h = o.times(shown.reshape(batchSize, heads() * width()));
    return new Step<>(h, new State(c, n, m));
  }
}
