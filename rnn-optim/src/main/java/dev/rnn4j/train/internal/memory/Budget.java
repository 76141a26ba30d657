package dev.rnn4j.train.internal.memory;

import static com.google.common.base.Preconditions.checkArgument;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory compiled plans may take, and what each of them takes: what is inside of a {@code
 * PlanBudget}. Thread-safe.
 */
public final class Budget {
  /** A plan that can be dropped. */
  interface Entry {
    /** Returns when it was used last, by {@link System#nanoTime}. */
    long lastUse();

    /** Drops it, and gives back what it takes. */
    void drop();
  }

  /** What somebody takes; given back when they are garbage. Counting allocates nothing. */
  public final class Charge extends WeakReference<Object> {
    private final AtomicLong own = new AtomicLong();

    private Charge(Object owner) {
      super(owner, gone);
    }

    /** Counts bytes that are taken, or given back where negative; nothing is dropped. */
    public void add(long more) {
      own.addAndGet(more);
      bytes.addAndGet(more);
    }
  }

  private final long limit;
  private final AtomicLong bytes = new AtomicLong();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final Set<Charge> charges = new HashSet<>();

  private Budget(long limit) {
    this.limit = limit;
  }

  /**
   * Returns a budget of so many bytes.
   *
   * @throws IllegalArgumentException for a negative number
   */
  public static Budget of(long bytes) {
    checkArgument(bytes >= 0, "plans cannot take %s bytes", bytes);
    return new Budget(bytes);
  }

  /**
   * Returns a budget of a quarter of the largest heap: what a step or predictor has unless told.
   */
  public static Budget byDefault() {
    return new Budget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Returns how many bytes there may be. */
  public long limit() {
    return limit;
  }

  /** Returns how many bytes plans take at the moment. */
  public synchronized long bytes() {
    takeBack();
    return bytes.get();
  }

  /** Returns how many plans there are at the moment that can be dropped. */
  public synchronized int plans() {
    takeBack();
    return (int) charges.stream().filter(charge -> charge.get() instanceof Entry).count();
  }

  boolean isExceeded() {
    return bytes.get() > limit;
  }

  /** Begins to count what somebody takes. */
  public synchronized Charge charge(Object owner) {
    Charge charge = new Charge(owner);
    charges.add(charge);
    return charge;
  }

  /** Begins to count what a plan takes; it stays until {@link #keep}. */
  Charge charge(Entry entry) {
    return new Charge(entry);
  }

  /** Lets a plan be dropped for others, and drops others where there is too much. */
  synchronized void keep(Charge ofEntry) {
    charges.add(ofEntry);
    fit();
  }

  /** Gives back what was taken by those that are garbage. */
  private void takeBack() {
    for (Object charge = gone.poll(); charge != null; charge = gone.poll()) {
      charges.remove(charge);
      bytes.addAndGet(-((Charge) charge).own.get());
    }
  }

  /** Drops what was not used for longest while there is too much; the last one used stays. */
  synchronized void fit() {
    takeBack();
    while (isExceeded()) {
      Charge oldest = null;
      int count = 0;
      for (Charge charge : charges) {
        if (charge.get() instanceof Entry entry) {
          boolean older = oldest == null || entry.lastUse() - lastUse(oldest) < 0;
          oldest = older ? charge : oldest;
          count++;
        }
      }
      if (count < 2) {
        return;
      }
      charges.remove(oldest);
      if (oldest.get() instanceof Entry entry) {
        entry.drop();
      }
    }
  }

  private static long lastUse(Charge charge) {
    return charge.get() instanceof Entry entry ? entry.lastUse() : Long.MIN_VALUE;
  }
}
