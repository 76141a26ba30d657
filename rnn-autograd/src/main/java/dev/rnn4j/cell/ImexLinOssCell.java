package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import java.util.random.RandomGenerator;

/**
 * LinOSS-IMEX, linear oscillators discretised implicitly in one half and explicitly in the other:
 * they keep their energy (Rusch and Rus, "Oscillatory State-Space Models", 2025).
 *
 * <pre>
 * z′ = z + Δt⊙(−A⊙y + u·B)
 * y′ = y + Δt⊙z′
 * </pre>
 *
 * <p>The output is y′·C + u·D.
 *
 * @param oscillators A, Δt, B, C and D
 * @see ImplicitLinOssCell
 */
public record ImexLinOssCell(Oscillators oscillators) implements Cell<Oscillators.State> {
  /** Creates it; nothing may be null. */
  public ImexLinOssCell {
    checkNotNull(oscillators, "an ImexLinOssCell was given null as its oscillators");
  }

  /** Returns a cell with freshly drawn parameters. */
  public static ImexLinOssCell of(
      int inputSize, int hiddenSize, int outputSize, RandomGenerator random) {
    return new ImexLinOssCell(Oscillators.of(inputSize, hiddenSize, outputSize, random));
  }

  @Override
  public Oscillators.State initialState(int batchSize) {
    return oscillators.zeros(batchSize);
  }

  @Override
  public Step<Oscillators.State> step(Node u, Oscillators.State state) {
    Node a = oscillators.stiffness();
    Node dt = oscillators.step();
    Node force = oscillators.force().apply(u);
    Node z = state.z().plus(dt.times(force.minus(a.times(state.y()))));
    Node y = state.y().plus(dt.times(z));
    return oscillators.ends(u, y, z);
  }
}
