package dev.rnn4j.checkpoint;

/**
 * When a checkpoint is due: often enough, and never so often that all of them take more than a
 * share of the time. Times are of a clock that nobody can change, {@link System#nanoTime}.
 */
final class Pace {
  private final long updates;
  private final long nanos;
  private final double share;

  private final long start = System.nanoTime();
  private long lastTime = start;
  private long lastUpdates;
  private long cost;
  private long lastCost;

  Pace(long updates, long nanos, double share) {
    this.updates = updates;
    this.nanos = nanos;
    this.share = share;
  }

  /** Says where the training begins, or goes on. */
  void begin(long updatesMade) {
    lastUpdates = updatesMade;
  }

  /** Returns whether a checkpoint is due, if the next one takes as long as the one before. */
  boolean isDue(long updatesMade) {
    long now = System.nanoTime();
    boolean wanted = updatesMade - lastUpdates >= updates || now - lastTime >= nanos;
    return wanted && cost + lastCost <= share * (now - start);
  }

  /** Hears of a checkpoint that is being made. */
  void made(long updatesMade) {
    lastTime = System.nanoTime();
    lastUpdates = updatesMade;
  }

  /** Hears how long one has taken, on any thread. */
  void took(long time) {
    cost += time;
    lastCost = time;
  }
}
