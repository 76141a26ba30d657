package dev.rnn4j.examples.cli;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A task with a published number: trained from several seeds, one after the other, and the median
 * beside what was published.
 */
public abstract class Experiment extends Scenario {
  @Option(
      names = "--updates",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "how many updates to make at most, for each seed")
  private Integer updates;

  @Mixin private KeepOptions keep;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "how many seeds to try, from --seed on")
  private Integer seeds;

  /** Returns the number of updates that was asked for, or the usual one. */
  protected final int updates(int usual) {
    return updates == null ? usual : updates;
  }

  /** Returns where a training is kept. */
  protected final KeepOptions keep() {
    return keep;
  }

  /** Returns the number of seeds that was asked for, or the usual one. */
  protected final int seeds(int usual) {
    int count = seeds == null ? usual : seeds;
    if (count == 0) {
      throw new IllegalArgumentException("--seeds 0 leaves nothing to do");
    }
    return count;
  }

  @Override
  protected Precision usualPrecision() {
    return Precision.FLOAT32;
  }

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    return ImmutableMap.of("--epochs", "--updates says how long it trains");
  }

  /**
   * Runs a task for each seed, prints and reports what it comes to, and returns it.
   *
   * @param usual how many seeds there are, where nobody says so
   * @param unit what follows the numbers
   */
  protected final double[] forEachSeed(
      Report report, int usual, String unit, LongToDoubleFunction task) {
    return forEachSeed(report, usual, 1, unit, task);
  }

  /**
   * Does the same for several seeds at once, where their training takes one thread each. The
   * seconds of a seed are those that pass while the others train too.
   *
   * @param atOnce how many
   */
  protected final double[] forEachSeed(
      Report report, int usual, int atOnce, String unit, LongToDoubleFunction task) {
    int count = seeds(keep.areGiven() ? 1 : usual);
    if (keep.areGiven() && count > 1) {
      throw new IllegalArgumentException(
          "--checkpoint keeps one training: leave out --seeds, and say which one by --seed");
    }
    List<Double> results = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(atOnce, Experiment::thread);
    try {
      for (Supplier<Tried> each : tasks(task, count, atOnce == 1 || count == 1 ? null : threads)) {
        Tried tried = each.get();
        print(
            line("seed %-4d %10s %s %6.1f s", tried.seed, show(tried.result), unit, tried.seconds));
        results.add(tried.result);
        times.add(tried.seconds);
      }
    } catch (UncheckedExecutionException | ExecutionError e) {
      Throwables.throwIfUnchecked(e.getCause());
      throw e;
    } finally {
      threads.shutdownNow();
    }
    double[] all = Doubles.toArray(results);
    print(
        line("median    %10s %s %6.1f s", show(median(all)), unit, median(Doubles.toArray(times))));
    report
        .setting("seed", seed(1))
        .setting("seeds", count)
        .value("results", results)
        .value("median", median(all));
    return all;
  }

  /**
   * Returns what gets the result of each seed.
   *
   * @param threads what begins with all of them at once, or null to compute each when it is asked
   *     for
   */
  private List<Supplier<Tried>> tasks(
      LongToDoubleFunction task, int count, ExecutorService threads) {
    List<Supplier<Tried>> all = new ArrayList<>();
    for (long next = seed(1); all.size() < count; next++) {
      long seed = next;
      if (threads == null) {
        all.add(() -> Tried.of(task, seed));
      } else {
        Future<Tried> begun = threads.submit(() -> Tried.of(task, seed));
        all.add(() -> Futures.getUnchecked(begun));
      }
    }
    return all;
  }

  /** What a seed came to. */
  private record Tried(long seed, double result, double seconds) {
    static Tried of(LongToDoubleFunction task, long seed) {
      long start = System.nanoTime();
      double result = task.applyAsDouble(seed);
      return new Tried(seed, result, (System.nanoTime() - start) / 1e9);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "seed");
    thread.setDaemon(true);
    return thread;
  }

  private static String show(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  /** Returns a line of text, the same in every country. */
  protected static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /** Returns the middle one of some values, or the mean of the two in the middle. */
  protected static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
