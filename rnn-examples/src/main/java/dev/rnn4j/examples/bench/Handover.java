package dev.rnn4j.examples.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a number takes from one thread to another and back. Where two cores have no cache in
 * common, it takes several times as long as where they have, and so does all that one thread of a
 * run has computed and another one reads.
 */
final class Handover {
  private static final int BATCHES = 21;
  private static final int TURNS = 1000;

  /** Two positions that no cache line has both of. */
  private static final int THERE = 32;

  private static final int BACK = 64;

  private Handover() {}

  /** Returns the median nanoseconds of a number's way there and back. */
  static long nanos() {
    AtomicLongArray numbers = new AtomicLongArray(BACK + THERE);
    Thread other =
        new Thread(
            () -> {
              for (long i = 1; i <= (long) BATCHES * TURNS; i++) {
                await(numbers, THERE, i);
                numbers.set(BACK, i);
              }
            });
    other.setDaemon(true);
    other.start();
    double[] nanos = new double[BATCHES];
    long number = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      long start = System.nanoTime();
      for (int i = 0; i < TURNS; i++) {
        number++;
        numbers.set(THERE, number);
        await(numbers, BACK, number);
      }
      nanos[batch] = (System.nanoTime() - start) / (double) TURNS;
    }
    Arrays.sort(nanos);
    return Math.round(nanos[BATCHES / 2]);
  }

  private static void await(AtomicLongArray numbers, int position, long number) {
    while (numbers.get(position) != number) {
      Thread.onSpinWait();
    }
  }
}
