package dev.rnn4j.batch;

import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.stream.IntStream;

/** Puts the steps of examples into time-major tensors. */
final class Gather {
  interface Copy {
    void copy(int example, int step, double[] into, int offset);
  }

  private Gather() {}

  static int[] all(int size) {
    return IntStream.range(0, size).toArray();
  }

  /** Returns {@code [T, N, F]} for examples of {@code [T, F]}, {@code [N, F]} for {@code [F]}. */
  static Tensor tensor(Shape example, int[] examples, Copy copy) {
    int steps = example.rank() == 1 ? 1 : example.size(0);
    int features = example.size(-1);
    long size = (long) steps * examples.length * features;
    if (size > Integer.MAX_VALUE - 8) {
      throw new DataException(
          examples.length
              + " examples of "
              + example
              + " are too many for one tensor; go through them in batches");
    }
    double[] values = new double[(int) size];
    int offset = 0;
    for (int step = 0; step < steps; step++) {
      for (int chosen : examples) {
        copy.copy(chosen, step, values, offset);
        offset += features;
      }
    }
    return Tensor.of(example.insert(example.rank() - 1, examples.length), values);
  }
}
