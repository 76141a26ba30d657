package dev.rnn4j.pass;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the axes of a node stand for, and at which time step it is.
 *
 * @param all each of its axes
 * @param isLost whether it depends on where in a batch sequences are, so that nothing can be said
 * @param step the time step that it reads most directly, or {@link #NONE}
 * @param distance by how many nodes it is away from that
 */
record Axes(List<Axis> all, boolean isLost, int step, int distance) {
  /** No time step. */
  static final int NONE = -1;

  private static final int FAR = Integer.MAX_VALUE;

  /** Returns axes in a node whose operands have theirs: the step is that of the nearest one. */
  static Axes of(List<Axis> all, List<Axes> operands) {
    Axes nearest = operands.get(0);
    for (Axes operand : operands) {
      nearest = operand.distance < nearest.distance ? operand : nearest;
    }
    boolean lost =
        operands.stream().anyMatch(Axes::isLost)
            || all.stream().anyMatch(axis -> axis.has(Axis.Of.LOST));
    int distance = nearest.distance == FAR ? FAR : nearest.distance + 1;
    return new Axes(List.copyOf(all), lost, nearest.step, distance);
  }

  /** Returns what cannot be said, in a node of a shape. */
  static Axes lost(Shape shape) {
    return new Axes(each(shape, Axis.Of.LOST), true, NONE, FAR);
  }

  /** Returns the axes of a sequence {@code [T, N, ...]}. */
  static Axes ofSequence(Node node) {
    List<Axis> all =
        IntStream.range(0, node.shape().rank())
            .mapToObj(
                i -> Axis.of(i == 0 ? Axis.Of.T : i == 1 ? Axis.Of.N : Axis.Of.OTHER, node.size(i)))
            .toList();
    return new Axes(all, false, NONE, FAR);
  }

  /** Returns the axes of a node that was not computed from the values. */
  static Axes ofAnother(Node node) {
    return new Axes(each(node.shape(), Axis.Of.ANY), false, NONE, FAR);
  }

  private static List<Axis> each(Shape shape, Axis.Of of) {
    return IntStream.range(0, shape.rank()).mapToObj(i -> Axis.of(of, shape.size(i))).toList();
  }

  /** Returns these axes at a time step that is now read. */
  Axes at(int read) {
    return read == NONE ? this : new Axes(all, isLost, read, 0);
  }

  /** Returns an axis, counted from the last one where it is negative. */
  Axis get(int axis) {
    return all.get(axis < 0 ? axis + all.size() : axis);
  }

  boolean has(Axis.Of of) {
    return isLost || all.stream().anyMatch(axis -> axis.has(of));
  }
}
