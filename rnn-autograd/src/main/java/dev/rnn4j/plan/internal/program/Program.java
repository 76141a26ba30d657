package dev.rnn4j.plan.internal.program;

import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Pass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan does, before any precision: two runs of instructions over numbered arrays.
 *
 * @param instructions all instructions, in order
 * @param along which of them can run along with a loop
 * @param split how many of them belong to {@code compute}; the others are {@code update}
 * @param arrays the array of each slot
 * @param places where inputs, parameters and outputs lie
 * @param memory what buffers share
 * @param passes the passes of the compiler that were not left out
 * @param nodes how many nodes the graph has
 */
public record Program(
    List<Instruction> instructions,
    Along along,
    int split,
    List<Array> arrays,
    Map<Node, Place> places,
    Memory memory,
    Set<Pass> passes,
    int nodes) {
  /** What a node takes on average, with its operands and family: measured. */
  private static final int BYTES_PER_NODE = 72;

  /** What an instruction takes on average, with its places and their layouts: measured. */
  private static final int BYTES_PER_INSTRUCTION = 450;

  /** Returns the number of instructions, those of loops and blocks too. */
  public int size() {
    int size = 0;
    for (Instruction instruction : instructions) {
      for (Instruction each : instruction.flat()) {
        size += each.parts().size();
      }
    }
    return size;
  }

  /** Returns the bytes that it takes, about, with the graph. */
  public long bytes() {
    return BYTES_PER_NODE * (long) nodes + BYTES_PER_INSTRUCTION * (long) size();
  }

  /**
   * How many elements work buffers have, and how many the arrays that they share.
   *
   * @param buffers the elements of all work buffers
   * @param arrays the elements of the arrays that hold them
   */
  public record Memory(long buffers, long arrays) {}

  /**
   * One array.
   *
   * @param kind what fills it
   * @param size its elements
   * @param source the input, parameter or constant that it holds, or null
   */
  public record Array(Buffer.Kind kind, int size, Node source) {}
}
