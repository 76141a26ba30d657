package dev.rnn4j.examples.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongToDoubleFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A task with a published number. It is trained from several seeds, and prints their median beside
 * what was published.
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
      converter = Numbers.Positive.class,
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
    return seeds == null ? usual : seeds;
  }

  @Override
  protected void checkOptions() {
    super.checkOptions();
    if (keep.areGiven() && seeds(1) > 1) {
      throw new IllegalArgumentException(
          "--checkpoint keeps one training: leave out --seeds, and say which one by --seed");
    }
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
    int count = seeds(keep.areGiven() ? 1 : usual);
    List<Double> results = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (long seed = seed(1); results.size() < count; seed++) {
      long start = System.nanoTime();
      double result = task.applyAsDouble(seed);
      double seconds = (System.nanoTime() - start) / 1e9;
      print(line("seed %-4d %10s %s %6.1f", seed, show(result), unit, seconds), seconds());
      results.add(result);
      times.add(seconds);
    }
    double[] all = Doubles.toArray(results);
    print(
        line("median    %10s %s %6.1f", show(median(all)), unit, median(Doubles.toArray(times))),
        seconds());
    report
        .setting("seed", seed(1))
        .setting("seeds", count)
        .value("results", results)
        .value("median", median(all));
    return all;
  }

  /** A training that goes on has taken time before, too, which nobody knows. */
  private String seconds() {
    return keep.goOn() ? "s of this run" : "s";
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
