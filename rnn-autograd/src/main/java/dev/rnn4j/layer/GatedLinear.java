package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import java.util.random.RandomGenerator;

/**
 * A gated linear unit (Dauphin et al., "Language Modeling with Gated Convolutional Networks",
 * 2017): y = (x·W + b)⊙σ(x·V + c), {@code [..., I]} → {@code [..., O]}.
 *
 * @param value W and b
 * @param gate V and c
 */
public record GatedLinear(Dense value, Dense gate) implements Layer {
  /** Creates it; nothing may be null. */
  public GatedLinear {
    checkNotNull(value, "a GatedLinear was given null as its value");
    checkNotNull(gate, "a GatedLinear was given null as its gate");
  }

  /** Returns a layer with freshly drawn weights, as in {@link Dense#of}. */
  public static GatedLinear of(int inputSize, int outputSize, RandomGenerator random) {
    return new GatedLinear(
        Dense.of(inputSize, outputSize, random), Dense.of(inputSize, outputSize, random));
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return x.with(value.apply(x).values().times(gate.apply(x).values().sigmoid()));
    }
  }
}
