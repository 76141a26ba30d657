package dev.rnn4j.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Weights that make up for classes of which there are few examples. */
public final class Oversampling {
  private Oversampling() {}

  /**
   * Returns a weight for each example: all classes have the same sum, and all weights together the
   * sum N. To draw by ({@code batches.drawn(weights, random)}), or to count by in the loss.
   *
   * @param labels the class of each example
   */
  public static double[] weights(List<?> labels) {
    Map<Object, Integer> counts = new HashMap<>();
    labels.forEach(label -> counts.merge(label, 1, Integer::sum));
    return labels.stream()
        .mapToDouble(label -> (double) labels.size() / counts.size() / counts.get(label))
        .toArray();
  }

  /** Returns {@link #weights(List)} of classes that are numbers. */
  public static double[] weights(int... labels) {
    return weights(IntStream.range(0, labels.length).mapToObj(i -> labels[i]).toList());
  }
}
