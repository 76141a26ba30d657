package dev.rnn4j.examples.forecast;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * What the target is turned into before its changes are learnt. Negative values keep their sign.
 */
enum Transform {
  /** Changes are alike at every level. */
  NONE("as it is") {
    @Override
    double apply(double value) {
      return value;
    }

    @Override
    double inverse(double value) {
      return value;
    }
  },
  /** The square root: changes grow with the root of the level, as those of counts. */
  SQRT("square root") {
    @Override
    double apply(double value) {
      return Math.copySign(Math.sqrt(Math.abs(value)), value);
    }

    @Override
    double inverse(double value) {
      return value * Math.abs(value);
    }
  },
  /** log(1 + x): changes are shares of the level. */
  LOG("logarithm") {
    @Override
    double apply(double value) {
      return Math.copySign(Math.log1p(Math.abs(value)), value);
    }

    @Override
    double inverse(double value) {
      return Math.copySign(Math.expm1(Math.abs(value)), value);
    }
  };

  private final String words;

  Transform(String words) {
    this.words = words;
  }

  abstract double apply(double value);

  abstract double inverse(double value);

  /** Returns the name as options and files have it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether this may suit values: a level begins at 0. */
  boolean mayBeFor(double[] values) {
    return this == NONE || DoubleStream.of(values).noneMatch(value -> value < 0);
  }

  @Override
  public String toString() {
    return words;
  }
}
