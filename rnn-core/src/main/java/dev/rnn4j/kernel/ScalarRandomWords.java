package dev.rnn4j.kernel;

import dev.rnn4j.random.Philox;

/** Random words, one counter after the other. */
public final class ScalarRandomWords {
  private ScalarRandomWords() {}

  /** Writes one group of words. */
  public static void write(long key, int group, int time, int sequence, int[] words) {
    for (int i = 0; i < RandomWords.COUNTERS; i++) {
      int c0 = group * RandomWords.COUNTERS + i;
      int c1 = 0;
      int c2 = time;
      int c3 = sequence;
      int key0 = (int) key;
      int key1 = (int) (key >>> 32);
      for (int round = 0; round < Philox.ROUNDS; round++) {
        long product0 = Philox.MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
        long product1 = Philox.MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
        c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
        c1 = (int) product1;
        c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
        c3 = (int) product0;
        key0 += Philox.KEY_STEP_0;
        key1 += Philox.KEY_STEP_1;
      }
      words[i] = c0;
      words[RandomWords.COUNTERS + i] = c1;
      words[2 * RandomWords.COUNTERS + i] = c2;
      words[3 * RandomWords.COUNTERS + i] = c3;
    }
  }
}
