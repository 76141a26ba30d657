package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** What is added to the ends of axes. */
final class Padding {
  private Padding() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Pad", Padding::pad);
  }

  private static List<Result> pad(Call call) {
    call.allow("mode");
    Node x = call.node(0);
    int rank = x.shape().rank();
    long[] pads = call.integers(1);
    int[] axes = call.axes(3, rank).orElseGet(() -> IntStream.range(0, rank).toArray());
    if (pads.length != 2 * axes.length) {
      throw new IllegalArgumentException(
          "it has " + pads.length + " paddings for " + axes.length + " axes");
    }
    String mode = call.attributes().text("mode", "constant");
    for (int i = 0; i < axes.length; i++) {
      int begin = Math.toIntExact(pads[i]);
      int end = Math.toIntExact(pads[i + axes.length]);
      x =
          mode.equals("constant")
              ? constant(x, axes[i], begin, end, call.has(2) ? call.number(2) : 0)
              : copied(x, axes[i], begin, end, mode);
    }
    return call.result(x);
  }

  /** Returns an axis with one value before and behind; negative paddings take away. */
  static Node constant(Node x, int axis, int begin, int end, double value) {
    int size = x.size(axis);
    Node kept =
        begin < 0 || end < 0 ? x.slice(axis, Math.max(0, -begin), size - Math.max(0, -end)) : x;
    List<Node> parts = new ArrayList<>();
    add(parts, x.shape(), axis, begin, value);
    parts.add(kept);
    add(parts, x.shape(), axis, end, value);
    return parts.size() == 1 ? kept : Node.concat(axis, parts);
  }

  private static void add(List<Node> parts, Shape shape, int axis, int count, double value) {
    if (count > 0) {
      parts.add(Node.constant(Tensor.full(shape.with(axis, count), value)));
    }
  }

  private static Node copied(Node x, int axis, int begin, int end, String mode) {
    if (begin == 0 && end == 0) {
      return x;
    }
    int size = x.size(axis);
    IntUnaryOperator place = place(mode, size);
    double[] places = IntStream.range(-begin, size + end).mapToDouble(place::applyAsInt).toArray();
    return Indexing.along(x, axis, places);
  }

  private static IntUnaryOperator place(String mode, int size) {
    return switch (mode) {
      case "edge" -> i -> Math.max(0, Math.min(size - 1, i));
      case "wrap" -> i -> Math.floorMod(i, size);
      case "reflect" -> i -> size == 1 ? 0 : turned(Math.floorMod(i, 2 * size - 2), size);
      default -> throw new IllegalArgumentException("the mode " + mode + " is not known here");
    };
  }

  private static int turned(int i, int size) {
    return i < size ? i : 2 * size - 2 - i;
  }
}
