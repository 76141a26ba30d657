package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.Batch.Part;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** The lengths of padded sequences as a mask. */
final class Lengths {
  private Lengths() {}

  /** Returns the mask for all inputs that have so many sequences. */
  static Tensor mask(List<Part> parts, int[] lengths) {
    List<Part> fitting =
        parts.stream()
            .filter(part -> part.role() == Role.INPUT && isSequence(part, lengths.length))
            .toList();
    checkArgument(
        !fitting.isEmpty(),
        "%s lengths are given, and no input [T, N, ...] has as many sequences, of %s",
        lengths.length,
        parts);
    return of(firstSequence(fitting, parts), lengths);
  }

  /** Returns the first one that is known to have time, as [N, F] may look like [T, N]. */
  private static Part firstSequence(List<Part> fitting, List<Part> parts) {
    Part first = fitting.get(0);
    int steps = first.tensor().shape().size(0);
    if (fitting.stream().allMatch(part -> part.tensor().shape().size(0) == steps)) {
      return first;
    }
    List<Optional<Axes>> axes = BatchSignature.of(parts).axes();
    return fitting.stream()
        .filter(part -> axes.get(parts.indexOf(part)).equals(Optional.of(Axes.TIME_BATCH)))
        .findFirst()
        .orElse(first);
  }

  /** Returns the mask for one input. */
  static Tensor mask(Part part, int[] lengths) {
    checkArgument(
        isSequence(part, lengths.length), "%s lengths do not fit %s", lengths.length, part);
    return of(part, lengths);
  }

  private static boolean isSequence(Part part, int sequences) {
    Shape shape = part.tensor().shape();
    return shape.rank() >= 2
        && shape.size(1) == sequences
        && part.axes().orElse(Axes.TIME_BATCH) == Axes.TIME_BATCH;
  }

  private static Tensor of(Part part, int[] lengths) {
    int steps = part.tensor().shape().size(0);
    float[] mask = new float[steps * lengths.length];
    for (int n = 0; n < lengths.length; n++) {
      checkArgument(
          lengths[n] >= 0 && lengths[n] <= steps,
          "sequence %s is %s steps long, and %s has room for 0 to %s",
          n,
          lengths[n],
          part,
          steps);
      for (int t = 0; t < lengths[n]; t++) {
        mask[t * lengths.length + n] = 1;
      }
    }
    return Tensor.of(Shape.of(steps, lengths.length), mask);
  }
}
