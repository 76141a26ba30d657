package dev.rnn4j.kernel;

/** What the Java platform does not say about the computer. */
public final class Hardware {
  private static final int TRIES = 3;
  private static final int CALLS = 16;

  /** Between one instruction, and arithmetic on big decimals that takes 1000 times as long. */
  private static final long LIMIT_NANOS = 100_000;

  private Hardware() {}

  /** Returns whether {@link Math#fma} is an instruction; without it, matrix products are slow. */
  public static boolean hasFma() {
    long best = Long.MAX_VALUE;
    double x = 0;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      for (int j = 0; j < CALLS; j++) {
        x = Math.fma(x, 0.7, 0.1);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best < LIMIT_NANOS && x > 0;
  }
}
