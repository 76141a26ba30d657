package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.RandomWords;
import dev.rnn4j.random.Philox;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Random words, a counter in each lane. The upper half of a product of 32 bits is put together from
 * products of 16: every processor multiplies vectors of 32-bit numbers, few those of 64.
 */
final class VectorRandomWords {
  private static final VectorSpecies<Integer> SPECIES = VectorSpecies.of(int.class, Lanes.SHAPE);
  private static final int LANES = SPECIES.length();
  private static final int MULTIPLIER_0 = (int) Philox.MULTIPLIER_0;
  private static final int MULTIPLIER_1 = (int) Philox.MULTIPLIER_1;
  private static final IntVector NUMBERS = IntVector.zero(SPECIES).addIndex(1);

  private VectorRandomWords() {}

  static void write(long key, int group, int time, int sequence, int[] words) {
    for (int i = 0; i < RandomWords.COUNTERS; i += LANES) {
      IntVector c0 = NUMBERS.add(group * RandomWords.COUNTERS + i);
      IntVector c1 = IntVector.zero(SPECIES);
      IntVector c2 = IntVector.broadcast(SPECIES, time);
      IntVector c3 = IntVector.broadcast(SPECIES, sequence);
      int key0 = (int) key;
      int key1 = (int) (key >>> 32);
      for (int round = 0; round < Philox.ROUNDS; round++) {
        IntVector low0 = c0.mul(MULTIPLIER_0);
        IntVector high0 = high(c0, MULTIPLIER_0);
        IntVector low1 = c2.mul(MULTIPLIER_1);
        IntVector high1 = high(c2, MULTIPLIER_1);
        c0 = high1.lanewise(VectorOperators.XOR, c1).lanewise(VectorOperators.XOR, key0);
        c1 = low1;
        c2 = high0.lanewise(VectorOperators.XOR, c3).lanewise(VectorOperators.XOR, key1);
        c3 = low0;
        key0 += Philox.KEY_STEP_0;
        key1 += Philox.KEY_STEP_1;
      }
      c0.intoArray(words, i);
      c1.intoArray(words, RandomWords.COUNTERS + i);
      c2.intoArray(words, 2 * RandomWords.COUNTERS + i);
      c3.intoArray(words, 3 * RandomWords.COUNTERS + i);
    }
  }

  /** Returns the upper 32 bits of the unsigned products a·m. */
  private static IntVector high(IntVector a, int m) {
    int upper = m >>> 16;
    int lower = m & 0xFFFF;
    IntVector high = a.lanewise(VectorOperators.LSHR, 16);
    IntVector low = a.and(0xFFFF);
    IntVector first = low.mul(lower).lanewise(VectorOperators.LSHR, 16);
    IntVector middle = high.mul(lower).add(first);
    IntVector other = low.mul(upper).add(middle.and(0xFFFF));
    return high.mul(upper)
        .add(middle.lanewise(VectorOperators.LSHR, 16))
        .add(other.lanewise(VectorOperators.LSHR, 16));
  }
}
