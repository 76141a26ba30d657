package dev.rnn4j.train;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Plans by the shapes that they are compiled for. Where they take more memory than they may, those
 * that were not used for longest are dropped, and compiled again when needed. Thread-safe.
 *
 * @param <K> the shapes
 * @param <P> what is compiled for them
 */
final class PlanCache<K, P> {
  private final Function<K, P> compiler;
  private final ToLongFunction<P> bytes;
  private final long limit;
  private final Map<K, P> plans = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  /** Creates a cache that may take a quarter of the largest heap. */
  PlanCache(Function<K, P> compiler, ToLongFunction<P> bytes) {
    this(compiler, bytes, Runtime.getRuntime().maxMemory() / 4);
  }

  PlanCache(Function<K, P> compiler, ToLongFunction<P> bytes, long limit) {
    this.compiler = compiler;
    this.bytes = bytes;
    this.limit = limit;
  }

  /** Returns the plan for some shapes. */
  synchronized P get(K shapes) {
    P plan = plans.get(shapes);
    if (plan == null) {
      plan = compiler.apply(shapes);
      plans.put(shapes, plan);
      total += bytes.applyAsLong(plan);
      shrink();
    }
    return plan;
  }

  private void shrink() {
    Iterator<P> oldest = plans.values().iterator();
    while (total > limit && plans.size() > 1) {
      total -= bytes.applyAsLong(oldest.next());
      oldest.remove();
    }
  }
}
