package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/** Sequences of different lengths side by side, with zeros behind those that are shorter. */
final class Padding {
  private Padding() {}

  /**
   * Returns the number of steps of each sequence.
   *
   * @param name what they are called where one is missing
   */
  static int[] lengths(List<Tensor> sequences, String name) {
    checkNotNull(sequences, "a batch was given null as its %ss", name);
    int[] lengths = new int[sequences.size()];
    for (int n = 0; n < lengths.length; n++) {
      lengths[n] =
          steps(checkNotNull(sequences.get(n), "a batch was given null as its %s %s", name, n));
    }
    return lengths;
  }

  private static int steps(Tensor sequence) {
    checkArgument(
        sequence.shape().rank() > 0 && sequence.shape().size(0) > 0,
        "a sequence is [T, ...] with one step or more, not %s",
        sequence.shape());
    return sequence.shape().size(0);
  }

  /**
   * Returns the sequences {@code [T, ...]} as one tensor {@code [longest T, N, ...]}.
   *
   * @throws IllegalArgumentException where there are none, or features differ
   */
  static Tensor of(List<Tensor> sequences) {
    checkArgument(!sequences.isEmpty(), "there are no sequences to put side by side");
    Shape features = sequences.get(0).shape().without(0);
    int steps = 0;
    for (int n = 0; n < sequences.size(); n++) {
      Shape shape = sequences.get(n).shape();
      steps = Math.max(steps, steps(sequences.get(n)));
      checkArgument(
          shape.without(0).equals(features),
          "all sequences have the same features, but sequence 0 is %s and sequence %s is %s",
          sequences.get(0).shape(),
          n,
          shape);
    }
    int width = features.elements();
    double[] padded = new double[steps * sequences.size() * width];
    for (int n = 0; n < sequences.size(); n++) {
      double[] values = sequences.get(n).toDoubles();
      for (int t = 0; t * width < values.length && width > 0; t++) {
        System.arraycopy(values, t * width, padded, (t * sequences.size() + n) * width, width);
      }
    }
    Shape shape = features.insert(0, sequences.size()).insert(0, steps);
    return Tensor.of(shape, padded).to(sequences.get(0).precision());
  }
}
