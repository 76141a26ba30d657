package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.Hardware;
import dev.rnn4j.kernel.Switch;
import jdk.incubator.vector.VectorShape;

/** The width of vectors: the computer's, or what the property {@code rnn.lanes} asks for. */
final class Lanes {
  static final VectorShape SHAPE = shape(Switch.LANES.number(0));

  /** The vectors of a row in a tile of the matrix product: as many as the registers hold. */
  static final int TILE = SHAPE == VectorShape.S_512_BIT || isArm() ? 4 : 3;

  /** Whether the JVM has one instruction for a·b + c. */
  static final boolean FMA = Hardware.hasFma();

  private Lanes() {}

  private static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  private static VectorShape shape(int lanes) {
    return switch (lanes) {
      case 2 -> VectorShape.S_64_BIT;
      case 4 -> VectorShape.S_128_BIT;
      case 8 -> VectorShape.S_256_BIT;
      case 16 -> VectorShape.S_512_BIT;
      default -> VectorShape.preferredShape();
    };
  }
}
