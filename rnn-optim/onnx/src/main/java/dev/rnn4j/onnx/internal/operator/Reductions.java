package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Operators that reduce axes to one value. */
final class Reductions {
  private interface Over {
    Node of(Node x, int[] axes);
  }

  private Reductions() {}

  static void addTo(Map<String, Operator> all) {
    all.put("ReduceSum", over(Node::sumKeeping));
    all.put("ReduceMean", over(Node::meanKeeping));
    all.put("ReduceMax", over(Node::maxKeeping));
    all.put("ReduceMin", over((x, axes) -> x.negate().maxKeeping(axes).negate()));
    all.put("ReduceL1", over((x, axes) -> x.abs().sumKeeping(axes)));
    all.put("ReduceL2", over((x, axes) -> x.square().sumKeeping(axes).sqrt()));
    all.put("ReduceSumSquare", over((x, axes) -> x.square().sumKeeping(axes)));
    all.put("ReduceLogSum", over((x, axes) -> x.sumKeeping(axes).log()));
    all.put("ReduceLogSumExp", over(Reductions::logSumExp));
    all.put("ReduceProd", over(Reductions::product));
    all.put("Softmax", alongLast(Node::softmax));
    all.put("LogSoftmax", alongLast(Node::logSoftmax));
  }

  private static Operator over(Over function) {
    return call -> {
      call.allow("axes", "keepdims", "noop_with_empty_axes");
      int[] axes = axes(call);
      Node x = call.node(0);
      Node y =
          axes.length == 0
              ? function.of(x.reshape(with1(x.shape())), last(x))
              : function.of(x, axes);
      if (axes.length == 0) {
        return call.result(y.reshape(x.shape()));
      }
      return call.result(keeps(call) ? y : y.reshape(Shapes.without(y.shape(), axes)));
    };
  }

  private static Shape with1(Shape shape) {
    return shape.insert(shape.rank(), 1);
  }

  private static int[] last(Node x) {
    return new int[] {x.shape().rank()};
  }

  private static boolean keeps(Call call) {
    return call.attributes().flag("keepdims", true);
  }

  /** Returns the axes that are reduced: all, unless some are given. */
  private static int[] axes(Call call) {
    int rank = call.shape(0).rank();
    int[] given = call.axes(1, rank).orElse(new int[0]);
    boolean none = given.length == 0 && call.attributes().flag("noop_with_empty_axes", false);
    return given.length > 0 || none ? given : IntStream.range(0, rank).toArray();
  }

  private static Node logSumExp(Node x, int[] axes) {
    Node largest = x.maxKeeping(axes).stopGradient();
    Node infinite = largest.abs().equalTo(Node.constant(Double.POSITIVE_INFINITY));
    Node most = infinite.select(Node.constant(0), largest); // ∞ − ∞ would be no number
    return x.minus(most).exp().sumKeeping(axes).log().plus(most);
  }

  private static Node product(Node x, int[] axes) {
    Node y = x;
    for (int axis : axes) {
      while (y.size(axis) > 1) { // halves, and one that is left over
        int half = y.size(axis) / 2;
        Node left = y.slice(axis, 0, half).times(y.slice(axis, half, 2 * half));
        boolean odd = y.size(axis) % 2 == 1;
        y = odd ? Node.concat(axis, left, y.slice(axis, 2 * half, 2 * half + 1)) : left;
      }
    }
    int[] empty = Arrays.stream(axes).filter(axis -> x.size(axis) == 0).toArray();
    return empty.length == 0 ? y : Node.ones(one(x.shape(), axes).toArray());
  }

  private static Shape one(Shape shape, int[] axes) {
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    return kept;
  }

  /** A function of the last axis, for any axis. */
  private static Operator alongLast(UnaryOperator<Node> function) {
    return call -> {
      call.allow("axis");
      Node x = call.node(0);
      int last = x.shape().rank() - 1;
      int axis = call.axis(call.version() < 13 ? 1 : -1, last + 1);
      if (axis == last) {
        return call.result(function.apply(x));
      }
      if (call.version() < 13) { // they took all axes from there on together
        int columns = Shapes.count(x.shape(), axis, last + 1);
        return call.result(function.apply(x.reshape(-1, columns)).reshape(x.shape()));
      }
      int[] swapped = IntStream.rangeClosed(0, last).toArray();
      swapped[axis] = last;
      swapped[last] = axis;
      return call.result(function.apply(x.transpose(swapped)).transpose(swapped));
    };
  }
}
