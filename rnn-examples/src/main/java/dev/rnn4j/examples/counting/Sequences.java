package dev.rnn4j.examples.counting;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Tensor;

/** The document's data: three sequences of three steps, and how many ones are in each. */
final class Sequences {
  private static final double[][] X = {{1, 0, 0}, {1, 1, 0}, {1, 1, 1}};

  private Sequences() {}

  /** Returns the sequences, a row each in the document, as {@code [T, N, I]}. */
  static Node x() {
    return Node.constant(Tensor.of(X)).transpose().reshape(3, 3, 1);
  }

  /** Returns the counts, {@code [N, 1]}. */
  static Node y() {
    return Node.constant(Tensor.of(new double[][] {{1}, {2}, {3}}));
  }

  /** Returns the numbers rounded to whole ones, halves to the even one: np.round. */
  static Tensor round(Tensor numbers) {
    double[] values = numbers.toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.rint(values[i]);
    }
    return Tensor.of(numbers.shape(), values);
  }
}
