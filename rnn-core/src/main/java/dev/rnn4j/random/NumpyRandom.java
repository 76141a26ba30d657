package dev.rnn4j.random;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * NumPy's legacy generator, {@code np.random.seed} and its family: the same seed and the same calls
 * give the same numbers as a notebook got. Integers and uniform numbers are equal to the last bit;
 * normal ones too, but for the few where the C library rounds a logarithm the other way.
 *
 * <p>Underneath is the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) with 53-bit
 * uniforms, Marsaglia's polar method for normals, and masked rejection for integers. Arrays fill in
 * row-major order. Use {@link Philox} where nothing has to match NumPy. Not for several threads at
 * once.
 */
public final class NumpyRandom implements MaskedRejection, Resumable {
  private static final String STATE = "mt19937";

  private static final int WORDS = 624;
  private static final int MIDDLE = 397;
  private static final long LARGEST_SEED = 0xFFFFFFFFL;

  private final int[] state = new int[WORDS];
  private int position;
  private double spareGaussian;
  private boolean hasSpareGaussian;

  /**
   * Creates a generator as {@code np.random.seed(seed)} leaves NumPy's.
   *
   * @throws IllegalArgumentException for a seed outside 0 … 2³²−1
   */
  public NumpyRandom(long seed) {
    seed(seed);
  }

  /**
   * Starts again from {@code seed}, and forgets a normal number kept back: {@code np.random.seed}.
   *
   * @throws IllegalArgumentException for a seed outside 0 … 2³²−1
   */
  public void seed(long seed) {
    if (seed < 0 || seed > LARGEST_SEED) {
      throw new IllegalArgumentException(
          "the seed " + seed + " is not one that NumPy takes; use a number from 0 to 4294967295");
    }
    int word = (int) seed;
    for (int i = 0; i < WORDS; i++) {
      state[i] = word;
      word = 1812433253 * (word ^ word >>> 30) + i + 1;
    }
    position = WORDS;
    hasSpareGaussian = false;
  }

  /** Returns the words of the Mersenne Twister, where it is in them, and a number kept back. */
  @Override
  public Map<String, Tensor> state() {
    long[] all = new long[WORDS + 3];
    for (int i = 0; i < WORDS; i++) {
      all[i] = Integer.toUnsignedLong(state[i]);
    }
    all[WORDS] = position;
    all[WORDS + 1] = hasSpareGaussian ? 1 : 0;
    all[WORDS + 2] = Double.doubleToRawLongBits(spareGaussian);
    return Map.of(STATE, StateWords.of(all));
  }

  @Override
  public void restore(Map<String, Tensor> newState) {
    long[] all = StateWords.get(newState, STATE, WORDS + 3);
    if (all[WORDS] < 0 || all[WORDS] > WORDS) {
      throw new IllegalArgumentException(
          "the state of a generator is within its " + WORDS + " words, not at " + all[WORDS]);
    }
    for (int i = 0; i < WORDS; i++) {
      state[i] = (int) all[i];
    }
    position = (int) all[WORDS];
    hasSpareGaussian = all[WORDS + 1] == 1;
    spareGaussian = Double.longBitsToDouble(all[WORDS + 2]);
  }

  /** Returns a uniform number in [0, 1): {@code np.random.rand()}. */
  public double rand() {
    return nextDouble();
  }

  /** Returns uniform numbers in [0, 1) in the given shape: {@code np.random.rand(…)}. */
  public Tensor rand(int... sizes) {
    double[] values = new double[Shape.of(sizes).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = nextDouble();
    }
    return Tensor.of(Shape.of(sizes), values);
  }

  /** Returns a standard normal number: {@code np.random.randn()}. */
  public double randn() {
    return nextGaussian();
  }

  /** Returns standard normal numbers in the given shape: {@code np.random.randn(…)}. */
  public Tensor randn(int... sizes) {
    double[] values = new double[Shape.of(sizes).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = nextGaussian();
    }
    return Tensor.of(Shape.of(sizes), values);
  }

  /** Returns low + (high − low)·{@link #rand()}: {@code np.random.uniform(low, high)}. */
  public double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Returns an integer from {@code low} up to, but not including, {@code high}: {@code
   * np.random.randint(low, high)}.
   *
   * @throws IllegalArgumentException for an empty range
   */
  public int randint(int low, int high) {
    return nextInt(low, high);
  }

  /**
   * Returns an integer from {@code low} up to, but not including, {@code high}: {@code
   * np.random.randint(low, high)}.
   *
   * @throws IllegalArgumentException for an empty range
   */
  public long randint(long low, long high) {
    return nextLong(low, high);
  }

  /**
   * Returns {@code size} of the numbers 0 … n−1, with replacement: {@code np.random.choice(n,
   * size)}.
   *
   * @throws IllegalArgumentException where n is not positive, or the size negative
   */
  public int[] choice(int n, int size) {
    if (n <= 0 || size < 0) {
      throw new IllegalArgumentException(
          "choice cannot take "
              + size
              + " of "
              + n
              + " numbers; it needs at least one to choose from, and a size of 0 or more");
    }
    int[] chosen = new int[size];
    for (int i = 0; i < size; i++) {
      chosen[i] = nextInt(n);
    }
    return chosen;
  }

  /**
   * Returns the numbers 0 … n−1 in random order: {@code np.random.permutation(n)}.
   *
   * @throws IllegalArgumentException for a negative n
   */
  public int[] permutation(int n) {
    if (n < 0) {
      throw new IllegalArgumentException(
          "there is no permutation of " + n + " numbers; use 0 or more");
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  /** Puts the values in random order, in place: {@code np.random.shuffle}. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** Puts the elements in random order, in place: {@code np.random.shuffle}. */
  public void shuffle(List<?> elements) {
    for (int i = elements.size() - 1; i > 0; i--) {
      Collections.swap(elements, i, nextInt(i + 1));
    }
  }

  /** Returns 32 random bits, the generator's next word. */
  @Override
  public int nextInt() {
    if (position == WORDS) {
      refill();
    }
    int word = state[position++];
    word ^= word >>> 11;
    word ^= word << 7 & 0x9d2c5680;
    word ^= word << 15 & 0xefc60000;
    return word ^ word >>> 18;
  }

  /** Returns 64 random bits: two words, the high one first. */
  @Override
  public long nextLong() {
    long high = (long) nextInt() << 32;
    return high | nextInt() & 0xFFFFFFFFL;
  }

  /** Returns a uniform number in [0, 1) with 53 bits, from two words: the same as {@link #rand}. */
  @Override
  public double nextDouble() {
    long high = nextInt() >>> 5;
    return ((high << 26) + (nextInt() >>> 6)) * 0x1p-53;
  }

  /**
   * Returns a standard normal number by Marsaglia's polar method, the same as {@link #randn}. Two
   * arise at a time; the second is kept for the next call, whatever is drawn in between.
   */
  @Override
  public double nextGaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * Logarithm.of(square) / square);
    spareGaussian = factor * x;
    hasSpareGaussian = true;
    return factor * y;
  }

  private void refill() {
    for (int i = 0; i < WORDS; i++) {
      int mixed = state[i] & 0x80000000 | state[(i + 1) % WORDS] & 0x7fffffff;
      int twist = (mixed & 1) == 0 ? 0 : 0x9908b0df;
      state[i] = state[(i + MIDDLE) % WORDS] ^ mixed >>> 1 ^ twist;
    }
    position = 0;
  }
}
