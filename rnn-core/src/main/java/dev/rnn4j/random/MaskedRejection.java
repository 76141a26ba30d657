package dev.rnn4j.random;

import java.util.random.RandomGenerator;

/**
 * Bounded integers without bias: draw as many bits as the range needs, and again while the number
 * is above it. NumPy's legacy generator does so; the JDK leaves its own way open, so values drawn
 * by its default methods may change from one release to the next.
 */
sealed interface MaskedRejection extends RandomGenerator permits NumpyRandom, Philox {
  @Override
  default int nextInt(int bound) {
    return nextInt(0, bound);
  }

  @Override
  default int nextInt(int origin, int bound) {
    return (int) nextLong(origin, bound);
  }

  @Override
  default long nextLong(long bound) {
    return nextLong(0, bound);
  }

  /**
   * Returns an integer from {@code origin} up to, but not including, {@code bound}. A range of one
   * takes no draw, one of up to 2³² one {@link #nextInt()} per try, a larger one {@link
   * #nextLong()}.
   *
   * @throws IllegalArgumentException for an empty range
   */
  @Override
  default long nextLong(long origin, long bound) {
    if (origin >= bound) {
      throw new IllegalArgumentException(
          "there is no integer from "
              + origin
              + " up to, but not including, "
              + bound
              + "; the upper bound must be the larger");
    }
    return origin + atMost(bound - 1 - origin);
  }

  private long atMost(long last) {
    if (last == 0) {
      return 0;
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(last);
    boolean word = Long.compareUnsigned(last, 0xFFFFFFFFL) <= 0;
    long value;
    do {
      value = (word ? nextInt() : nextLong()) & mask;
    } while (Long.compareUnsigned(value, last) > 0);
    return value;
  }
}
