package dev.rnn4j.plan.internal.program;

import dev.rnn4j.graph.Node;

/** An array that instructions read and write; work buffers may share one with others. */
public final class Buffer {
  /** What fills a buffer. */
  public enum Kind {
    /** The caller, before each run. */
    INPUT,
    /** The weights: a parameter's value. */
    WEIGHT,
    /** The compiler, once. */
    CONSTANT,
    /** Instructions. */
    WORK,
    /** The parts of a block, tile by tile; the slot is a number within the block. */
    TILE
  }

  private final Kind kind;
  private final int size;
  private final Node source;
  private int slot = -1;

  public Buffer(Kind kind, int size, Node source) {
    this.kind = kind;
    this.size = size;
    this.source = source;
  }

  /** Returns a tile that stands in for a buffer. */
  public static Buffer tile(Buffer buffer, int number) {
    Buffer tile = new Buffer(Kind.TILE, buffer.size, buffer.source);
    tile.slot = number;
    return tile;
  }

  /** Returns what fills this buffer. */
  public Kind kind() {
    return kind;
  }

  /** Returns the number of elements. */
  public int size() {
    return size;
  }

  /** Returns the input, parameter or constant whose value it holds, or the node computed first. */
  public Node source() {
    return source;
  }

  /** Returns the number of the array that holds this buffer. */
  public int slot() {
    return slot;
  }

  public void slot(int number) {
    slot = number;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case WORK -> "a" + slot;
      case TILE -> "r" + slot;
      default -> kind.name().toLowerCase(java.util.Locale.ROOT) + slot;
    };
  }
}
