package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.rnn4j.kernel.vector.VectorDoubleKernels;
import dev.rnn4j.kernel.vector.VectorFloatKernels;
import dev.rnn4j.random.Philox;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random words: those of Philox, from every kernel. */
class RandomWordsTest {
  private static final List<RandomWords> FORMS =
      List.of(
          new ScalarFloatKernels()::words,
          new ScalarDoubleKernels()::words,
          new VectorFloatKernels(false)::words,
          new VectorDoubleKernels(false)::words,
          new VectorFloatKernels(true)::words);

  @Test
  void theyAreThoseOfPhilox() {
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      long key = random.nextLong();
      int group = random.nextInt(i < 10 ? 2 : 1 << 27);
      int time = random.nextInt();
      int sequence = random.nextInt();
      int[] expected = new int[RandomWords.GROUP];
      int[] block = new int[4];
      for (int k = 0; k < RandomWords.COUNTERS; k++) {
        long upper = time & 0xFFFFFFFFL | (long) sequence << 32;
        Philox.block(key, upper, group * RandomWords.COUNTERS + k & 0xFFFFFFFFL, block);
        for (int word = 0; word < 4; word++) {
          expected[word * RandomWords.COUNTERS + k] = block[word];
        }
      }
      for (RandomWords form : FORMS) {
        int[] words = new int[RandomWords.GROUP];
        form.write(key, group, time, sequence, words);
        assertArrayEquals(expected, words);
      }
    }
  }
}
