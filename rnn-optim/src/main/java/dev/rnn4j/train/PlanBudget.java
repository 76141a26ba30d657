package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory compiled plans may take: a plan is compiled for each form of batch that comes,
 * and when all of them and their arrays take more than this, those that were not used for longest
 * are dropped; they are compiled again when needed. The one in use stays, however large it is.
 *
 * <pre>{@code
 * PlanBudget budget = PlanBudget.of(64 << 20);
 * Predictor predictor = Predictor.of(model, weights).budget(budget);
 * long bytes = budget.bytes();
 * }</pre>
 *
 * <p>One budget may be given to several steps and predictors, which then share it. Thread-safe.
 */
public final class PlanBudget {
  /** Something that takes memory and can be dropped. */
  interface Entry {
    /** Returns when it was used last, by {@link System#nanoTime}. */
    long lastUse();

    /** Drops it, and gives back what it takes. */
    void drop();
  }

  private final long limit;
  private final AtomicLong bytes = new AtomicLong();
  private final Set<Entry> entries = new HashSet<>();

  private PlanBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Returns a budget of so many bytes.
   *
   * @throws IllegalArgumentException for a negative number
   */
  public static PlanBudget of(long bytes) {
    checkArgument(bytes >= 0, "plans cannot take %s bytes", bytes);
    return new PlanBudget(bytes);
  }

  /**
   * Returns a budget of a quarter of the largest heap: what a step or predictor has unless told.
   */
  public static PlanBudget byDefault() {
    return new PlanBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Returns how many bytes there may be. */
  public long limit() {
    return limit;
  }

  /** Returns how many bytes plans take at the moment, as estimated. */
  public long bytes() {
    return bytes.get();
  }

  /** Returns how many plans there are at the moment. */
  public synchronized int plans() {
    return entries.size();
  }

  boolean isExceeded() {
    return bytes.get() > limit;
  }

  /** Counts bytes that are taken, or given back where negative; nothing is dropped. */
  void count(long more) {
    bytes.addAndGet(more);
  }

  /** Takes in an entry whose bytes are counted, and drops others where there are too many. */
  synchronized void add(Entry added) {
    entries.add(added);
    while (isExceeded() && entries.size() > 1) {
      Entry oldest = null;
      for (Entry entry : entries) {
        boolean older = oldest == null || entry.lastUse() - oldest.lastUse() < 0;
        oldest = entry != added && older ? entry : oldest;
      }
      entries.remove(oldest);
      oldest.drop();
    }
  }
}
