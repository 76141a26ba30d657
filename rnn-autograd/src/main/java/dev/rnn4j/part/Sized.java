package dev.rnn4j.part;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;

/** A part of a cell, made for one input size I and one hidden size H. */
public interface Sized {
  /** Returns I. */
  int inputSize();

  /** Returns H. */
  int hiddenSize();

  /** Returns the size of the hidden state that comes back: H, unless it is projected. */
  default int recurrentSize() {
    return hiddenSize();
  }

  /**
   * Checks that all parts of a cell are there, and made for the same sizes, with hidden states that
   * come back as they are.
   *
   * @param cell the cell with its article: {@code an LstmCell}
   * @param names the parts' component names
   * @param parts as many parts
   */
  static void requireEqual(String cell, List<String> names, Sized... parts) {
    requireEqual(cell, names, parts[0] == null ? 0 : parts[0].hiddenSize(), parts);
  }

  /**
   * Checks the parts of a cell, as {@link #requireEqual(String, List, Sized...)} does, whose hidden
   * states come back with a size R of their own.
   */
  static void requireEqual(String cell, List<String> names, int recurrentSize, Sized... parts) {
    for (int i = 0; i < parts.length; i++) {
      checkNotNull(parts[i], "%s was given null as its %s", cell, names.get(i));
    }
    boolean same =
        Arrays.stream(parts)
            .allMatch(
                part ->
                    part.inputSize() == parts[0].inputSize()
                        && part.hiddenSize() == parts[0].hiddenSize()
                        && part.recurrentSize() == recurrentSize);
    if (!same) {
      throw new ShapeException(
          cell
              + " takes gates of one input size I and one hidden size H"
              + (recurrentSize == parts[0].hiddenSize()
                  ? ""
                  : ", for a hidden state of R = " + recurrentSize)
              + ", and was given "
              + describe(names, parts));
    }
  }

  /**
   * Checks a size that a cell or layer is to be made with: 1 or more.
   *
   * @param name the argument's name
   */
  static void requireSize(String name, int size) {
    if (size < 1) {
      throw new ShapeException(name + " is " + size + ", and must be 1 or more");
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
          .append(
              parts[i].recurrentSize() == parts[i].hiddenSize()
                  ? ""
                  : ", R = " + parts[i].recurrentSize())
          .append(")");
    }
    return text.toString();
  }
}
