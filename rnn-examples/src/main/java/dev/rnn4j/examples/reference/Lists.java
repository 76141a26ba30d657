package dev.rnn4j.examples.reference;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Lists of a case. */
final class Lists {
  private Lists() {}

  static void requireSameSize(String name, List<?> expected, List<?> actual) {
    if (expected.size() != actual.size()) {
      throw new BadCaseException(
          name + " has " + expected.size() + " entries, and there are " + actual.size());
    }
  }

  static void requireSameSize(String name, Tensor one, Tensor other) {
    if (!one.shape().equals(other.shape())) {
      throw new BadCaseException(
          name + " is of the shape " + other.shape() + " where " + one.shape() + " is expected");
    }
  }

  static void requireLength(String name, Tensor numbers, int length) {
    if (numbers.shape().elements() != length) {
      throw new BadCaseException(
          name
              + " has "
              + numbers.shape().elements()
              + " numbers where "
              + length
              + " are expected");
    }
  }

  /** Returns one of some numbers. */
  static Tensor element(String name, Tensor numbers, int i) {
    if (i >= numbers.shape().elements()) {
      throw new BadCaseException(name + " has no number " + i);
    }
    return Tensor.scalar(numbers.at(i));
  }

  /** Returns 1 within lengths, {@code [T, N]}. */
  static Tensor mask(Tensor lengths, int steps) {
    int batchSize = lengths.shape().elements();
    double[] mask = new double[steps * batchSize];
    for (int i = 0; i < mask.length; i++) {
      double length = lengths.at(i % batchSize);
      if (length != Math.rint(length) || length < 0 || length > steps) {
        throw new BadCaseException("the length " + length + " is not from 0 to " + steps);
      }
      mask[i] = i / batchSize < length ? 1 : 0;
    }
    return Tensor.of(Shape.of(steps, batchSize), mask);
  }

  static void requireSameShape(String name, Shape shape, Tensor given) {
    if (!given.shape().equals(shape)) {
      throw new BadCaseException(name + " is " + given.shape() + ", and stands beside " + shape);
    }
  }

  static long[] wholeNumbers(Tensor numbers) {
    return IntStream.range(0, numbers.shape().elements())
        .mapToLong(i -> whole(numbers.at(i)))
        .toArray();
  }

  private static long whole(double number) {
    if (number != (long) number) {
      throw new BadCaseException(number + " is no whole number");
    }
    return (long) number;
  }
}
