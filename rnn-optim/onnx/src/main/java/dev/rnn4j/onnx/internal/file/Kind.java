package dev.rnn4j.onnx.internal.file;

/** What kind of numbers a tensor holds. A graph of this library holds all of them as numbers. */
public enum Kind {
  /** Floating-point numbers of any precision. */
  FLOAT,
  /** Whole numbers of any size. */
  INTEGER,
  /** 0 or 1. */
  BOOLEAN;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
