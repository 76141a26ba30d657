package dev.rnn4j.io;

import dev.rnn4j.tensor.Tensor;
import java.util.function.DoublePredicate;

/** Checks the numbers by which a batch says what counts, where they are given. */
final class Marks {
  private Marks() {}

  /** Refuses masks and marks that are not 0 or 1, and weights that are negative or not finite. */
  static void check(Batch.Part part) {
    switch (part.role()) {
      case MASK ->
          check(
              part.tensor(),
              mark -> mark == 0 || mark == 1,
              "a mask is 1 where a step counts and 0 where it is padding, and this one is ");
      case BEGINS ->
          check(
              part.tensor(),
              mark -> mark == 0 || mark == 1,
              "a mark is 1 where a sequence begins and 0 where it goes on, and one is ");
      case WEIGHTS ->
          check(
              part.tensor(),
              weight -> weight >= 0 && weight < Double.POSITIVE_INFINITY,
              "weights are finite numbers from 0 up, and one is ");
      default -> {}
    }
  }

  private static void check(Tensor marks, DoublePredicate allowed, String rule) {
    for (int i = 0; i < marks.shape().elements(); i++) {
      if (!allowed.test(marks.at(i))) {
        throw new IllegalArgumentException(rule + marks.at(i) + " at " + place(marks, i));
      }
    }
  }

  private static String place(Tensor marks, int i) {
    if (marks.shape().rank() == 1) {
      return "[" + i + "]";
    }
    int sequences = marks.shape().size(1);
    return "[" + i / sequences + ", " + i % sequences + "]";
  }
}
