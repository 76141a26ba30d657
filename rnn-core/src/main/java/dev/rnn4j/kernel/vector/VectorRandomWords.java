package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.rnn4j.kernel.RandomWords;
import dev.rnn4j.random.Philox;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Random words, a counter in each lane. The four words of the counters are rows of the result from
 * the beginning, and half a round replaces two of them: a loop with a whole round is too much for
 * the JIT, which allocates vectors then.
 */
final class VectorRandomWords {
  private static final VectorSpecies<Integer> SPECIES = VectorSpecies.of(int.class, Lanes.SHAPE);
  private static final int LANES = SPECIES.length();
  private static final int ROW = RandomWords.COUNTERS;
  private static final int MULTIPLIER_0 = (int) Philox.MULTIPLIER_0;
  private static final int MULTIPLIER_1 = (int) Philox.MULTIPLIER_1;

  private VectorRandomWords() {}

  /** After each round a word lies a row further; after ten, each in its own. */
  static void write(long key, int group, int time, int sequence, int[] words) {
    Arrays.fill(words, 0, ROW, time);
    Arrays.fill(words, ROW, 2 * ROW, sequence);
    for (int i = 0; i < ROW; i++) {
      words[2 * ROW + i] = group * ROW + i;
    }
    Arrays.fill(words, 3 * ROW, 4 * ROW, 0);
    int key0 = (int) key;
    int key1 = (int) (key >>> 32);
    for (int half = 0; half < 2 * Philox.ROUNDS; half++) {
      boolean first = half % 2 == 0;
      int row = half / 2 + (first ? 0 : 2);
      halfRound(
          first ? MULTIPLIER_1 : MULTIPLIER_0,
          first ? key0 : key1,
          words,
          row % 4 * ROW,
          (row + 3) % 4 * ROW);
      key0 += first ? 0 : Philox.KEY_STEP_0;
      key1 += first ? 0 : Philox.KEY_STEP_1;
    }
  }

  /**
   * Replaces a by the lower 32 bits of the unsigned products a·m, and b by the upper ones, combined
   * with b and the key. The upper half is put together from products of 16 bits: every processor
   * multiplies vectors of 32-bit numbers, few those of 64.
   */
  private static void halfRound(int m, int key, int[] words, int aOffset, int bOffset) {
    int upper = m >>> 16;
    int lower = m & 0xFFFF;
    for (int i = 0; i < ROW; i += LANES) {
      IntVector a = IntVector.fromArray(SPECIES, words, aOffset + i);
      IntVector high = a.lanewise(LSHR, 16);
      IntVector low = a.and(0xFFFF);
      IntVector middle = high.mul(lower).add(low.mul(lower).lanewise(LSHR, 16));
      IntVector other = low.mul(upper).add(middle.and(0xFFFF));
      IntVector product =
          high.mul(upper).add(middle.lanewise(LSHR, 16)).add(other.lanewise(LSHR, 16));
      a.mul(m).intoArray(words, aOffset + i);
      IntVector b = IntVector.fromArray(SPECIES, words, bOffset + i);
      product.lanewise(XOR, b).lanewise(XOR, key).intoArray(words, bOffset + i);
    }
  }
}
