package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import java.util.Arrays;
import java.util.List;

/**
 * Layers one on top of the other: the output of each is the input of the next.
 *
 * @param layers from input to output
 */
public record Stacked(List<Layer> layers) implements Layer {
  /** Creates the layer from a copy of the list. */
  public Stacked {
    checkNotNull(layers, "a Stacked was given null as its layers");
    checkArgument(!layers.isEmpty(), "a Stacked has one layer or more, and none was given");
    for (int i = 0; i < layers.size(); i++) {
      checkNotNull(layers.get(i), "a Stacked was given null as its layer %s", i);
    }
    layers = ImmutableList.copyOf(layers);
  }

  /** Returns the given layers, one on top of the other. */
  public static Stacked of(Layer... layers) {
    checkNotNull(layers, "a Stacked was given null as its layers");
    return new Stacked(Arrays.asList(layers));
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      Signal y = x;
      for (Layer layer : layers) {
        y = layer.apply(y);
      }
      return y;
    }
  }
}
