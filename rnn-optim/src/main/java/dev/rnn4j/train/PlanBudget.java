package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
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
 * <p>Counted are graphs and programs, as estimated; all arrays that plans compute with; and the
 * sums of gradients over several batches. The weights, and what optimizers remember, belong to the
 * training and not to its plans.
 *
 * <p>One budget may be given to several steps, predictors and streams, which then share it; what
 * they take is given back when they are garbage. Thread-safe.
 */
public final class PlanBudget {
  /** A plan that can be dropped. */
  interface Entry {
    /** Returns when it was used last, by {@link System#nanoTime}. */
    long lastUse();

    /** Drops it, and gives back what it takes. */
    void drop();
  }

  /** What somebody takes; given back when they are garbage. Counting allocates nothing. */
  final class Charge extends WeakReference<Object> {
    private final AtomicLong own = new AtomicLong();

    private Charge(Object owner) {
      super(owner, gone);
    }

    /** Counts bytes that are taken, or given back where negative; nothing is dropped. */
    void add(long more) {
      own.addAndGet(more);
      bytes.addAndGet(more);
    }
  }

  private final long limit;
  private final AtomicLong bytes = new AtomicLong();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final Set<Charge> charges = new HashSet<>();

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
  synchronized Charge charge(Object owner) {
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
