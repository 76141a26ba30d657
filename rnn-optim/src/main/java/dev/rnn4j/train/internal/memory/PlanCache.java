package dev.rnn4j.train.internal.memory;

import com.google.common.base.Throwables;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * What is compiled for each form of batch, within a budget. Thread-safe: one thread compiles for a
 * form, others that ask for the same wait for it, and those that ask for another do not. Finding
 * what is there allocates nothing.
 *
 * @param <K> the form
 * @param <P> what is compiled
 */
public final class PlanCache<K, P extends PlanCache.Compiled> {
  /** Something that takes memory. */
  public interface Compiled {
    /** Returns the bytes that it begins with. */
    long bytes();

    /** Says where more is counted that it takes. */
    default void charge(Budget.Charge charge) {}

    /** Says that it is not kept any more. */
    default void drop() {}
  }

  private final class Entry implements Budget.Entry {
    private final K key;
    private final FutureTask<P> task;
    private volatile long lastUse = System.nanoTime();
    private P compiled;
    private Budget.Charge charge;

    Entry(K key) {
      this.key = key;
      this.task = new FutureTask<>(this::compile);
    }

    /** Whoever waits may take more as soon as this returns. */
    private P compile() {
      compiled = compiler.apply(key);
      charge = budget.charge(this);
      charge.add(compiled.bytes());
      compiled.charge(charge);
      return compiled;
    }

    @Override
    public long lastUse() {
      return lastUse;
    }

    @Override
    public void drop() {
      entries.remove(key, this);
      charge.add(-compiled.bytes());
      compiled.drop();
    }
  }

  private final Function<K, P> compiler;
  private final Budget budget;
  private final ConcurrentHashMap<K, Entry> entries = new ConcurrentHashMap<>();

  public PlanCache(Function<K, P> compiler, Budget budget) {
    this.compiler = compiler;
    this.budget = budget;
  }

  /** Returns what is compiled for a form. */
  public P get(K key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      Entry fresh = new Entry(key);
      entry = entries.putIfAbsent(key, fresh);
      if (entry == null) {
        return compile(fresh);
      }
    }
    entry.lastUse = System.nanoTime();
    return result(entry);
  }

  private P compile(Entry entry) {
    entry.task.run();
    try {
      P compiled = result(entry);
      entry.lastUse = System.nanoTime();
      budget.keep(entry.charge);
      return compiled;
    } catch (RuntimeException | Error e) {
      entries.remove(entry.key, entry);
      throw e;
    }
  }

  private P result(Entry entry) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return entry.task.get();
        } catch (InterruptedException e) {
          interrupted = true; // compiling ends soon
        } catch (ExecutionException e) {
          Throwables.throwIfUnchecked(e.getCause());
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
