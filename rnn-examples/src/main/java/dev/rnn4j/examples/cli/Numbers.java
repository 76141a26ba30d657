package dev.rnn4j.examples.cli;

import com.google.common.primitives.Ints;
import dev.rnn4j.plan.Threads;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of options are read; each reader says what it takes. */
public final class Numbers {
  private Numbers() {}

  /** A number that is neither NaN nor infinite. */
  public static final class Finite implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      if (!text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
        throw new TypeConversionException("'" + text + "' is not a number");
      }
      double value = Double.parseDouble(text);
      if (Double.isInfinite(value)) {
        throw new TypeConversionException("'" + text + "' is too large for a float64");
      }
      return value;
    }
  }

  /** A number of 0 or more. */
  public static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double value = new Finite().convert(text);
      if (value < 0) {
        throw new TypeConversionException("'" + text + "' is below 0");
      }
      return value;
    }
  }

  /** A whole number of 0 or more. */
  public static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 0);
    }
  }

  /** A whole number of 1 or more. */
  public static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 1);
    }
  }

  /** A number of threads that a plan may have. */
  public static final class ThreadCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      Integer count = parse(text);
      if (count == null) {
        throw new TypeConversionException("'" + text + "' is no number of threads");
      }
      try {
        return Threads.checked(count);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Returns a whole number that is not below the least. */
  static int whole(String text, int least) {
    Integer number = parse(text);
    if (number == null || number < least) {
      throw new TypeConversionException(
          String.format(
              Locale.ROOT,
              "'%s' is not a whole number from %d to %d",
              text,
              least,
              Integer.MAX_VALUE));
    }
    return number;
  }

  /** Returns a whole number, null where a text is none or too large for an int. */
  private static Integer parse(String text) {
    return Ints.tryParse(text.startsWith("+") ? text.substring(1) : text);
  }

  /** A seed that NumPy takes. */
  public static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        long seed = Long.parseLong(text);
        new NumpyRandom(seed);
        return seed;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' is not a seed from 0 to 4294967295");
      }
    }
  }

  /** {@code float32} or {@code float64}, in any case. */
  public static final class PrecisionName implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String text) {
      try {
        return Precision.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
