package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import java.util.random.RandomGenerator;

/**
 * LinOSS-IM, linear oscillators discretised implicitly: they lose energy, and forget (Rusch and
 * Rus, "Oscillatory State-Space Models", 2025).
 *
 * <pre>
 * S = 1/(1 + Δt²⊙A)
 * z′ = S⊙(z − Δt⊙A⊙y + Δt⊙(u·B))
 * y′ = S⊙(y + Δt⊙z + Δt²⊙(u·B))
 * </pre>
 *
 * <p>which is z′ = z + Δt(−A⊙y′ + u·B), y′ = y + Δt⊙z′. The output is y′·C + u·D.
 *
 * @param oscillators A, Δt, B, C and D
 * @see ImexLinOssCell
 */
public record ImplicitLinOssCell(Oscillators oscillators) implements Cell<Oscillators.State> {
  /** Creates it; nothing may be null. */
  public ImplicitLinOssCell {
    checkNotNull(oscillators, "an ImplicitLinOssCell was given null as its oscillators");
  }

  /** Returns a cell with freshly drawn parameters. */
  public static ImplicitLinOssCell of(
      int inputSize, int hiddenSize, int outputSize, RandomGenerator random) {
    return new ImplicitLinOssCell(Oscillators.of(inputSize, hiddenSize, outputSize, random));
  }

  @Override
  public Oscillators.State initialState(int batchSize) {
    return oscillators.zeros(batchSize);
  }

  @Override
  public Step<Oscillators.State> step(Node u, Oscillators.State state) {
    Node a = oscillators.stiffness();
    Node dt = oscillators.step();
    Node s = Node.constant(1).dividedBy(dt.square().times(a).plus(1));
    Node pushed = state.z().plus(dt.times(oscillators.force().apply(u)));
    Node z = s.times(pushed.minus(dt.times(a).times(state.y())));
    Node y = s.times(state.y().plus(dt.times(pushed)));
    return oscillators.ends(u, y, z);
  }
}
