package dev.rnn4j.onnx;

import java.util.List;

/**
 * An input or output of a model.
 *
 * @param kind {@code float}, {@code integer} or {@code boolean}
 * @param sizes the sizes of its axes: numbers, or names where any size will do; {@code ...} where
 *     the file does not say
 */
public record OnnxVariable(String name, String kind, List<String> sizes) {
  /** Returns name, kind and sizes: {@code x: float [t, n, 3]}. */
  @Override
  public String toString() {
    return name + ": " + kind + " [" + String.join(", ", sizes) + "]";
  }
}
