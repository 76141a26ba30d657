package dev.rnn4j.onnx.internal.file;

/** What kind of numbers a tensor holds. A graph of this library holds all of them as numbers. */
public enum Kind {
  /** Floating-point numbers of any precision. */
  FLOAT,
  /** Whole numbers of any size. */
  INTEGER,
  /** 0 or 1. */
  BOOLEAN;

  /** Returns the kind of what has the number of a data type of ONNX. */
  public static Kind of(int dataType) {
    return switch (dataType) {
      case 1, 10, 11, 16 -> FLOAT;
      case 2, 3, 4, 5, 6, 7, 12, 13 -> INTEGER;
      case 9 -> BOOLEAN;
      default ->
          throw new IllegalArgumentException(
              "the data type " + dataType + " is neither a floating-point nor a whole number");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
