package dev.rnn4j.io;

import dev.rnn4j.io.BatchSignature.Part;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** The words for the tensors of a batch that do not have one N, and for what helps each of them. */
final class Disagreement {
  private Disagreement() {}

  /**
   * Returns the message. Masks, weights and marks follow what inputs and targets are: where these
   * have one N, it is told what shapes fit.
   *
   * @throws IllegalArgumentException with the message for inputs and targets, where they disagree
   */
  static String of(List<Part> parts) {
    List<Part> named = parts.stream().filter(Part::isNamed).toList();
    if (named.size() < parts.size()) {
      Reading alone = new Reading(named);
      if (alone.hasSequences()) {
        return parts.stream()
            .filter(part -> !part.isNamed() && part.shape().size(-1) != alone.sequences())
            .findFirst()
            .map(part -> odd(part, named, alone))
            .orElseGet(() -> general(parts));
      }
    }
    return general(parts);
  }

  private static String odd(Part part, List<Part> named, Reading alone) {
    Shape sequences = Shape.of(alone.sequences());
    String ofSteps =
        alone.hasSteps()
            ? "a number for each step, [T, N], here " + Shape.of(alone.steps(), alone.sequences())
            : "a number for each step, [T, N], which nothing in the batch has";
    return part
        + (part.role() == Batch.Role.WEIGHTS ? " do" : " does")
        + " not fit "
        + named
        + ": "
        + switch (part.role()) {
          case MASK -> "a mask is " + ofSteps;
          case WEIGHTS ->
              "weights are a number for each sequence, [N], here " + sequences + ", or " + ofSteps;
          default ->
              "begins is a number for each sequence, [N], here " + sequences + ", or " + ofSteps;
        };
  }

  private static String general(List<Part> parts) {
    return "the tensors of a batch must have one N, the size of the second axis of [T, N, ...] and of"
        + " the first of [N, ...], and "
        + parts
        + " do not; where the first axes of an input or target are something else, say Axes.NONE"
        + " behind its tensor"
        + timeFirst(parts);
  }

  private static String timeFirst(List<Part> parts) {
    return parts.stream()
        .flatMap(part -> parts.stream().map(other -> TimeFirst.hint(part.shape(), other.shape())))
        .filter(hint -> !hint.isEmpty())
        .findFirst()
        .orElse("");
  }
}
