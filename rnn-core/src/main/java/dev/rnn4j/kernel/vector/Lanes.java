package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.Hardware;
import jdk.incubator.vector.VectorShape;

/** The width of vectors: the computer's, or what the property {@code rnn.lanes} asks for. */
final class Lanes {
  /** The property that sets the lanes of float32, for tests; float64 gets half of them. */
  static final String PROPERTY = "rnn.lanes";

  static final VectorShape SHAPE = shape(System.getProperty(PROPERTY));

  /** The vectors of a row in a tile of the matrix product: as many as the registers hold. */
  static final int TILE = SHAPE == VectorShape.S_512_BIT || isArm() ? 4 : 3;

  /** Whether the JVM has one instruction for a·b + c. */
  static final boolean FMA = Hardware.hasFma();

  private Lanes() {}

  private static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  private static VectorShape shape(String lanes) {
    if (lanes == null) {
      return VectorShape.preferredShape();
    }
    return switch (lanes) {
      case "2" -> VectorShape.S_64_BIT;
      case "4" -> VectorShape.S_128_BIT;
      case "8" -> VectorShape.S_256_BIT;
      case "16" -> VectorShape.S_512_BIT;
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is '" + lanes + "'; it must be 2, 4, 8 or 16");
    };
  }
}
