package dev.rnn4j.part;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;

/** A part of a cell, made for one input size I and one hidden size H. */
public interface Sized {
  /** Returns I. */
  int inputSize();

  /** Returns H. */
  int hiddenSize();

  /**
   * Checks that all parts of a cell are there, and made for the same sizes.
   *
   * @param cell the cell with its article: {@code an LstmCell}
   * @param names the parts' component names
   * @param parts as many parts
   */
  static void requireEqual(String cell, List<String> names, Sized... parts) {
    for (int i = 0; i < parts.length; i++) {
      checkArgument(parts[i] != null, "%s was given null as its gate %s", cell, names.get(i));
    }
    boolean same =
        Arrays.stream(parts)
            .allMatch(
                part ->
                    part.inputSize() == parts[0].inputSize()
                        && part.hiddenSize() == parts[0].hiddenSize());
    if (!same) {
      throw new ShapeException(
          cell
              + " takes gates of one input size I and one hidden size H, and was given "
              + describe(names, parts));
    }
  }

  private static String describe(List<String> names, Sized... parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      text.append(i == 0 ? "" : i == parts.length - 1 ? " and " : ", ")
          .append(names.get(i))
          .append(" (I = ")
          .append(parts[i].inputSize())
          .append(", H = ")
          .append(parts[i].hiddenSize())
          .append(")");
    }
    return text.toString();
  }
}
