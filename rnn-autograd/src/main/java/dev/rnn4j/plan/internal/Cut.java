package dev.rnn4j.plan.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A way to cut an instruction: along which axis the target and each operand are cut. What a part
 * computes depends on nothing but its own part of each operand, and on operands that stay whole.
 */
final class Cut {
  /** Stands for an operand that every part reads whole. */
  static final int WHOLE = -1;

  private final int target;
  private final int[] operands;

  Cut(int target, int... operands) {
    this.target = target;
    this.operands = operands;
  }

  /** Returns the cuts of an instruction whose places all have one shape. */
  static List<Cut> everyAxis(Instruction instruction) {
    int rank = instruction.target().shape().rank();
    return IntStream.range(0, rank).mapToObj(axis -> along(axis, instruction)).toList();
  }

  /** Returns the cut of all places along the same axis. */
  static Cut along(int axis, Instruction instruction) {
    return new Cut(axis, instruction.operands().stream().mapToInt(operand -> axis).toArray());
  }

  /** Returns the axis of the target. */
  int target() {
    return target;
  }

  /** Returns the axis of an operand, or {@link #WHOLE}. */
  int operand(int position) {
    return operands[position];
  }

  /** Returns how many elements there are along the cut; 0 where an operand has not as many. */
  int size(Instruction instruction) {
    int size = size(instruction.target(), target);
    for (int i = 0; i < operands.length; i++) {
      if (operands[i] != WHOLE && size(instruction.operands().get(i), operands[i]) != size) {
        return 0;
      }
    }
    return size;
  }

  private static int size(Place place, int axis) {
    return axis < place.shape().rank() ? place.shape().size(axis) : 0;
  }

  /** Returns the part of an instruction from one element along the cut up to another. */
  Instruction part(Instruction instruction, int from, int to) {
    List<Place> parts = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      parts.add(part(instruction.operands().get(i), operands[i], from, to));
    }
    return instruction.with(part(instruction.target(), target, from, to), parts);
  }

  private static Place part(Place place, int axis, int from, int to) {
    return axis == WHOLE ? place : place.with(place.layout().sliced(axis, from, to - from));
  }
}
