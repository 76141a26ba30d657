package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/**
 * What a file of tensors holds. Both maps are immutable and keep their order.
 *
 * @param tensors the tensors by name
 * @param metadata texts that describe them
 */
public record NamedTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** Copies both maps. */
  public NamedTensors {
    checkNotNull(tensors, "a file was given null as its tensors");
    checkNotNull(metadata, "a file was given null as its metadata: Map.of() is for none");
    tensors = ImmutableMap.copyOf(tensors);
    metadata = ImmutableMap.copyOf(metadata);
  }

  /**
   * Returns the tensor of that name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "there is no tensor '" + name + "'; there are " + tensors.keySet());
    }
    return tensor;
  }
}
