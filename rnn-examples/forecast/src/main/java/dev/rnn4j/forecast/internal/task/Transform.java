package dev.rnn4j.forecast.internal.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the target is turned into before its changes are learnt. Negative values keep their sign.
 */
public enum Transform {
  /** Changes are alike at every level. */
  NONE("as it is") {
    @Override
    public double apply(double value) {
      return value;
    }

    @Override
    public double inverse(double value) {
      return value;
    }
  },
  /** The square root: changes grow with the root of the level, as those of counts. */
  SQRT("square root") {
    @Override
    public double apply(double value) {
      return Math.copySign(Math.sqrt(Math.abs(value)), value);
    }

    @Override
    public double inverse(double value) {
      return value * Math.abs(value);
    }
  },
  /** log(1 + x): changes are shares of the level. */
  LOG("logarithm") {
    @Override
    public double apply(double value) {
      return Math.copySign(Math.log1p(Math.abs(value)), value);
    }

    @Override
    public double inverse(double value) {
      return Math.copySign(Math.expm1(Math.abs(value)), value);
    }
  };

  private final String words;

  /** Without a season, so many values stand together. */
  private static final int TOGETHER = 4;

  Transform(String words) {
    this.words = words;
  }

  public abstract double apply(double value);

  public abstract double inverse(double value);

  /** Returns the name as options and files have it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether this may suit values: a level begins at 0. */
  public boolean mayBeFor(double[] values) {
    return this == NONE || DoubleStream.of(values).noneMatch(value -> value < 0);
  }

  /**
   * Returns how unequally wide the seasons of values are, once transformed: the variation of their
   * standard deviations, of which a transform takes what grows with the level (Guerrero, 1993).
   *
   * @param values in the order of time, NaN where one is missing
   * @param period how many values a season has
   */
  public double unevenness(double[] values, Optional<Integer> period) {
    int length = period.filter(rows -> 2 * rows <= values.length).orElse(TOGETHER);
    double[] widths =
        IntStream.range(0, values.length / length)
            .mapToObj(i -> Arrays.copyOfRange(values, i * length, (i + 1) * length))
            .mapToDouble(season -> deviation(season) / scale(DoubleArrays.mean(season)))
            .filter(Double::isFinite)
            .toArray();
    return deviation(widths) / DoubleArrays.mean(widths);
  }

  /** Returns what the deviation of values at a level grows with, where this is the transform. */
  private double scale(double level) {
    return switch (this) {
      case NONE -> 1;
      case SQRT -> Math.sqrt(Math.abs(level));
      case LOG -> 1 + Math.abs(level);
    };
  }

  private static double deviation(double[] values) {
    double mean = DoubleArrays.mean(values);
    return Math.sqrt(
        DoubleArrays.mean(DoubleArrays.map(values, one -> (one - mean) * (one - mean))));
  }

  @Override
  public String toString() {
    return words;
  }
}
