package dev.rnn4j.io;

import dev.rnn4j.tensor.Shape;

/** Recognises data in the order of other libraries, which put the batch first. */
public final class TimeFirst {
  private TimeFirst() {}

  /**
   * Returns what to add to the message of shapes that do not fit: the cure where the number of
   * sequences of the target is found in the first axis of the input, and not in the second; else
   * nothing.
   *
   * @param input {@code [T, N, ...]}, if it is right
   * @param target {@code [N, ...]}, or {@code [T, N, ...]} from three axes on, or where T and N are
   *     those of the input
   */
  public static String hint(Shape input, Shape target) {
    if (input.rank() < 3 || target.rank() < 1) {
      return "";
    }
    boolean sequence =
        target.rank() == 2 && target.size(0) == input.size(0) && target.size(1) == input.size(1);
    int sequences = target.size(target.rank() > 2 || sequence ? 1 : 0);
    return input.size(0) == sequences && input.size(1) != sequences
        ? "; time comes first, [T, N, I], and the input "
            + input
            + " seems to be batch first, [N, T, I]: swap its first two axes"
        : "";
  }
}
