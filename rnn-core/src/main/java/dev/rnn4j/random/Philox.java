package dev.rnn4j.random;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.util.Locale;
import java.util.Map;

/**
 * Philox4x32-10, the generator behind everything the framework draws (Salmon, Moraes, Dror and
 * Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011). It is a function of seed, stream and
 * counter: any number of a sequence can be had without those before it, and streams of one seed are
 * independent. Its numbers, the normal ones included, are the same on every JDK.
 *
 * <p>A sequence is a row of 32-bit words, four per counter. {@link #nextInt()} and {@link
 * #nextFloat()} take one word, {@link #nextLong()} and {@link #nextDouble()} two, {@link
 * #nextGaussian()} four. Not for several threads at once; give each a stream of its own.
 */
public final class Philox implements MaskedRejection, Resumable {
  private static final String STATE = "philox";

  /** How often words are mixed. */
  public static final int ROUNDS = 10;

  /** The factor of the first word. */
  public static final long MULTIPLIER_0 = 0xD2511F53L;

  /** The factor of the third word. */
  public static final long MULTIPLIER_1 = 0xCD9E8D57L;

  /** What the first word of the key grows by in a round. */
  public static final int KEY_STEP_0 = 0x9E3779B9;

  /** What the second word of the key grows by in a round. */
  public static final int KEY_STEP_1 = 0xBB67AE85;

  private static final long WORD = 0xFFFFFFFFL;

  private final long seed;
  private final long stream;
  private final int[] block = new int[4];
  private long position;

  /** Creates a generator at the beginning of stream 0. */
  public Philox(long seed) {
    this(seed, 0);
  }

  /** Creates a generator at the beginning of a stream. */
  public Philox(long seed, long stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /** Returns a generator with the same seed at the beginning of another stream. */
  public Philox stream(long stream) {
    return new Philox(seed, stream);
  }

  /** Returns how many words of the sequence lie before the next one. */
  public long position() {
    return position;
  }

  /**
   * Goes to a position of the sequence, counted in words from 0.
   *
   * @throws IllegalArgumentException for a negative position
   */
  public void position(long position) {
    if (position < 0) {
      throw new IllegalArgumentException(
          "a sequence has no position " + position + "; positions count from 0");
    }
    this.position = position;
    if (position % 4 != 0) {
      block(seed, stream, position / 4, block);
    }
  }

  /** Returns seed, stream and position. */
  @Override
  public Map<String, Tensor> state() {
    return Map.of(STATE, StateWords.of(seed, stream, position));
  }

  /**
   * Goes to the position of a state.
   *
   * @throws IllegalArgumentException where it is one of another seed or stream
   */
  @Override
  public void restore(Map<String, Tensor> state) {
    long[] numbers = StateWords.get(state, STATE, 3);
    if (numbers[0] != seed || numbers[1] != stream) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the state is of a generator with seed %d and stream %d, and this one has seed %d and"
                  + " stream %d",
              numbers[0],
              numbers[1],
              seed,
              stream));
    }
    position(numbers[2]);
  }

  /**
   * Writes the four words of one counter: the generator itself, without state.
   *
   * @param seed the key
   * @param stream the upper half of the counter
   * @param counter the lower half of the counter
   * @param words receives words 4·counter … 4·counter+3 of the sequence
   */
  public static void block(long seed, long stream, long counter, int[] words) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & WORD);
      long product1 = MULTIPLIER_1 * (c2 & WORD);
      c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
      c3 = (int) product0;
      key0 += KEY_STEP_0;
      key1 += KEY_STEP_1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }

  /** Returns 32 random bits. */
  @Override
  public int nextInt() {
    int word = (int) (position & 3);
    if (word == 0) {
      block(seed, stream, position >>> 2, block);
    }
    position++;
    return block[word];
  }

  /** Returns 64 random bits: two words, the high one first. */
  @Override
  public long nextLong() {
    long high = (long) nextInt() << 32;
    return high | nextInt() & WORD;
  }

  /** Returns a uniform number in [0, 1): a multiple of 2⁻²⁴. */
  @Override
  public float nextFloat() {
    return (nextInt() >>> 8) * 0x1p-24f;
  }

  /** Returns a uniform number in [0, 1): a multiple of 2⁻⁵³. */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * Returns a standard normal number, √(−2 ln(1−u))·cos(2πv) of two uniform ones (Box and Muller,
   * 1958), in {@link StrictMath}.
   */
  @Override
  public double nextGaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }
}
