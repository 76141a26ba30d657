package dev.rnn4j.random;

import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/** Whole numbers as tensors that hold every bit of them: 32 bits in each double. */
final class StateWords {
  private static final double WORD = 0x1p32;

  private StateWords() {}

  static Tensor of(long... values) {
    double[] words = new double[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      words[2 * i] = values[i] >>> 32;
      words[2 * i + 1] = values[i] & 0xFFFFFFFFL;
    }
    return Tensor.of(words);
  }

  /**
   * Returns the numbers that a state has under a name.
   *
   * @throws IllegalArgumentException where the state has no such name, or other than so many 32-bit
   *     words there
   */
  static long[] get(Map<String, Tensor> state, String name, int count) {
    Tensor words = state.get(name);
    if (state.size() != 1 || words == null || words.shape().elements() != 2 * count) {
      throw new IllegalArgumentException(
          "the state of a generator is " + name + ", and this one has " + state);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = word(words.at(2 * i)) << 32 | word(words.at(2 * i + 1));
    }
    return values;
  }

  private static long word(double value) {
    if (!(value >= 0 && value < WORD && value == Math.rint(value))) {
      throw new IllegalArgumentException("the state of a generator has no word like " + value);
    }
    return (long) value;
  }
}
