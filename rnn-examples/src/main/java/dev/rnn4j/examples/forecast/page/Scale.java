package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.report.Readable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Where numbers are between the lower edge of a chart and the upper one.
 *
 * @param low the number at the lower edge
 * @param high the number at the upper edge
 */
record Scale(double low, double high) {
  private static final double ROOM = 0.05;
  private static final int TICKS = 6;
  private static final int MOST_DECIMALS = 4;
  private static final double LARGE = 1e9;

  /**
   * Returns the scale on which all numbers have their place; those that are not finite need none.
   */
  static Scale of(double[]... numbers) {
    double[] finite =
        Arrays.stream(numbers).flatMapToDouble(DoubleStream::of).filter(Double::isFinite).toArray();
    double least = DoubleStream.of(finite).min().orElse(0);
    double most = DoubleStream.of(finite).max().orElse(1);
    double room = most > least ? ROOM * (most - least) : most == 0 ? 1 : Math.abs(most);
    return new Scale(least - room, most + room);
  }

  /** Returns how high a number is: 0 at the lower edge, 1 at the upper one. */
  double place(double number) {
    return (number - low) / (high - low);
  }

  /** Returns round numbers between the edges. */
  List<Double> ticks() {
    double step = step();
    return LongStream.rangeClosed((long) Math.ceil(low / step), (long) Math.floor(high / step))
        .mapToObj(i -> i * step)
        .toList();
  }

  /** Returns 1, 2 or 5 times a power of 10, so that there are some ticks. */
  private double step() {
    double least = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(times -> times * power)
        .filter(step -> step >= least)
        .findFirst()
        .orElse(10 * power);
  }

  /** Returns a tick as people read it, with as many digits as tell it from its neighbours. */
  String label(double tick) {
    int last = power(step());
    int decimals = Math.max(0, -last);
    return decimals > MOST_DECIMALS || Math.abs(tick) >= LARGE
        ? Readable.of(tick, tick == 0 ? 1 : Math.max(1, power(tick) - last + 1))
        : String.format(Locale.ROOT, "%,." + decimals + "f", tick);
  }

  /** Returns the power of 10 of a number's first digit. */
  private static int power(double number) {
    return (int) Math.floor(Math.log10(Math.abs(number)) + 1e-9);
  }
}
