package dev.rnn4j.tensor;

import java.util.Locale;

/** The number format of stored values: of a {@link Tensor}, and of everything a plan computes. */
public enum Precision {
  /** IEEE 754 binary32. */
  FLOAT32(Float.BYTES),
  /** IEEE 754 binary64. */
  FLOAT64(Double.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes that one value takes. */
  public int bytes() {
    return bytes;
  }

  /**
   * Reads a precision from its name in any case, {@code float32} for example.
   *
   * @throws IllegalArgumentException for another name
   */
  public static Precision parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "float32" -> FLOAT32;
      case "float64" -> FLOAT64;
      default ->
          throw new IllegalArgumentException(
              "'" + name + "' is not a precision; use float32 or float64");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
