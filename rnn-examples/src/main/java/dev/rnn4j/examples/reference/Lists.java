package dev.rnn4j.examples.reference;

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
