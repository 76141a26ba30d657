package dev.rnn4j.plan.internal.program;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to cut an instruction: along which axis the target and each operand are cut. What a part
 * computes depends on nothing but its own part of each operand, and on operands that stay whole.
 *
 * @param target the axis of the targets
 * @param operands the axis of each operand, or {@link #WHOLE}; none where all are that of the
 *     target
 */
public record Cut(int target, int... operands) {
  /** Stands for an operand that every part reads whole. */
  public static final int WHOLE = -1;

  /** The rows of a product. */
  static final Cut ROWS = new Cut(1, 1, WHOLE);

  /** Returns the cut of all places along the same axis. */
  static Cut everywhere(int axis) {
    return new Cut(axis);
  }

  /** Returns the cut of places of one shape along the outermost axis, so that parts stay dense. */
  static Cut elementwise(Instruction instruction) {
    int[] sizes = instruction.target().shape().toArray();
    int axis = 0;
    while (axis < sizes.length - 1 && sizes[axis] == 1) {
      axis++;
    }
    return everywhere(axis);
  }

  /** Returns the axis of an operand, or {@link #WHOLE}. */
  public int operand(int position) {
    return operands.length == 0 ? target : operands[position];
  }

  /** Returns how many elements there are along the cut; 0 where an operand has not as many. */
  public int size(Instruction instruction) {
    int size = size(instruction.target(), target);
    List<Place> places = instruction.operands();
    for (int i = 0; i < places.size(); i++) {
      if (operand(i) != WHOLE && size(places.get(i), operand(i)) != size) {
        return 0;
      }
    }
    return size;
  }

  private static int size(Place place, int axis) {
    return axis < place.shape().rank() ? place.shape().size(axis) : 0;
  }

  /** Returns the part of an instruction from one element along the cut up to another. */
  public Instruction part(Instruction instruction, int from, int to) {
    if (operands.length == 0) {
      return instruction.map(place -> part(place, target, from, to));
    }
    if (instruction instanceof Group group) {
      return new Group(
          group.products().stream()
              .map(product -> (Instruction.Product) ROWS.part(product, from, to))
              .toList());
    }
    if (instruction instanceof Draw draw) {
      return draw.part(part(draw.target(), target, from, to), from);
    }
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
