package dev.rnn4j.onnx.internal.operator;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.onnx.internal.op.Axis;
import dev.rnn4j.onnx.internal.op.PlainOp;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Operators that take elements from places, and those that compute places. */
final class Indexing {
  private Indexing() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Gather", Indexing::gather);
    all.put("Slice", Indexing::slice);
    all.put("Range", Indexing::range);
    all.put("TopK", Indexing::topK);
    all.put("ArgMax", place("ArgMax", true));
    all.put("ArgMin", place("ArgMin", false));
    all.put("OneHot", Indexing::oneHot);
    all.put("CumSum", Indexing::cumulativeSum);
  }

  private static List<Result> gather(Call call) {
    call.allow("axis");
    Node data = call.node(0);
    Value indices = call.operand(1);
    int axis = call.axis(0, data.shape().rank());
    if (indices.known() == null) {
      Node places = indices.node();
      Node fromEnd = places.plus(data.size(axis));
      Node positive = places.lessThan(Node.constant(0)).select(fromEnd, places);
      return call.result(along(data, axis, positive));
    }
    double[] places = indices.known().toDoubles();
    for (int i = 0; i < places.length; i++) {
      places[i] += places[i] < 0 ? data.size(axis) : 0;
    }
    if (places.length == 1) {
      int at = (int) places[0];
      Shape shape = replaced(data.shape(), axis, indices.known().shape());
      return call.result(data.slice(axis, at, at + 1).reshape(shape));
    }
    Node positive = Node.constant(Tensor.of(indices.known().shape(), places));
    return call.result(along(data, axis, positive));
  }

  /** Returns the elements of an axis at some indices, whose axes take its place. */
  static Node along(Node data, int axis, Node indices) {
    Shape shape = data.shape();
    int[] others = IntStream.range(0, shape.rank()).filter(i -> i != axis).toArray();
    Node first = axis == 0 ? data : data.transpose(Ints.concat(new int[] {axis}, others));
    Node rows = first.reshape(shape.size(axis), shape.without(axis).elements()).gather(indices);
    int rank = indices.shape().rank();
    Node taken =
        rows.reshape(Ints.concat(indices.shape().toArray(), shape.without(axis).toArray()));
    if (axis == 0) {
      return taken;
    }
    int[] back =
        Ints.concat(
            IntStream.range(rank, rank + axis).toArray(),
            IntStream.range(0, rank).toArray(),
            IntStream.range(rank + axis, taken.shape().rank()).toArray());
    return taken.shape().rank() < 2 ? taken : taken.transpose(back);
  }

  /** Returns the elements of an axis at places that are known. */
  static Node along(Node data, int axis, double[] places) {
    return along(data, axis, Node.constant(Tensor.of(places)));
  }

  private static Shape replaced(Shape shape, int axis, Shape by) {
    int[] sizes = shape.toArray();
    int[] behind = Arrays.copyOfRange(sizes, axis + 1, sizes.length);
    return Shape.of(Ints.concat(Arrays.copyOf(sizes, axis), by.toArray(), behind));
  }

  private static List<Result> slice(Call call) {
    call.allow();
    Node x = call.node(0);
    long[] starts = call.integers(1);
    long[] ends = call.integers(2);
    int rank = x.shape().rank();
    int[] axes = call.axes(3, rank).orElseGet(() -> IntStream.range(0, starts.length).toArray());
    long[] steps = call.has(4) ? call.integers(4) : new long[0];
    for (int i = 0; i < axes.length; i++) {
      long step = steps.length == 0 ? 1 : steps[i];
      x = sliced(x, axes[i], starts[i], ends[i], step);
    }
    return call.result(x);
  }

  private static Node sliced(Node x, int axis, long start, long end, long step) {
    int size = x.size(axis);
    long from = start < 0 ? start + size : start;
    long to = end < 0 ? end + size : end;
    if (size == 0) {
      return x;
    }
    if (step == 1) {
      int first = (int) Math.max(0, Math.min(size, from));
      int last = (int) Math.max(first, Math.min(size, to));
      return x.slice(axis, first, last);
    }
    if (step == 0) {
      throw new IllegalArgumentException("a step of a slice is 0");
    }
    double[] places =
        step > 0
            ? places(Math.max(0, from), Math.min(size, to), step)
            : places(Math.max(0, Math.min(size - 1, from)), Math.max(-1, to), step);
    return along(x, axis, places);
  }

  private static double[] places(long from, long to, long step) {
    int count = (int) Math.max(0, (to - from + step - Long.signum(step)) / step);
    return IntStream.range(0, count).mapToDouble(i -> from + i * step).toArray();
  }

  private static List<Result> range(Call call) {
    call.allow();
    double from = call.number(0);
    double to = call.number(1);
    double step = call.number(2);
    int count = (int) Math.max(0, Math.ceil((to - from) / step));
    double[] values = IntStream.range(0, count).mapToDouble(i -> from + i * step).toArray();
    return Result.known(Tensor.of(Shape.of(count), values), call.kind(0));
  }

  private static List<Result> topK(Call call) {
    call.allow("axis", "largest", "sorted");
    Node x = call.node(0);
    int count = (int) call.number(1);
    int axis = call.axis(-1, x.shape().rank());
    boolean largest = call.attributes().flag("largest", true);
    Node positions = picked("TopK", x, axis, largest, count, from -> from);
    Node values = Places.picked(x, positions);
    Axis lines = Axis.of(x.shape(), axis);
    Node places = picked("TopKPlaces", x, axis, largest, count, lines::place);
    return List.of(new Result(values, call.kind(0)), new Result(places, Kind.INTEGER));
  }

  /** Returns what is told of the positions of the largest or smallest along an axis. */
  private static Node picked(
      String name, Node x, int axis, boolean largest, int count, IntUnaryOperator told) {
    Axis lines = Axis.of(x.shape(), axis);
    return PlainOp.of(
        name,
        List.of(axis, largest),
        x.shape().with(axis, count),
        (operands, y) ->
            lines.pick(operands[0], largest, count, (to, from) -> y[to] = told.applyAsInt(from)),
        x);
  }

  /** The place of the largest or smallest: the first one of several. */
  private static Operator place(String name, boolean largest) {
    return call -> {
      call.allow("axis", "keepdims", "select_last_index");
      if (call.attributes().flag("select_last_index", false)) {
        throw new IllegalArgumentException("select_last_index is not known here");
      }
      Node x = call.node(0);
      int axis = call.axis(0, x.shape().rank());
      Node kept = picked(name, x, axis, largest, 1, Axis.of(x.shape(), axis)::place);
      boolean keeps = call.attributes().flag("keepdims", true);
      Node y = keeps ? kept : kept.reshape(kept.shape().without(axis));
      return Result.of(y, Kind.INTEGER);
    };
  }

  private static List<Result> oneHot(Call call) {
    call.allow("axis");
    Node indices = call.node(0);
    int rank = indices.shape().rank();
    int depth = (int) call.number(1);
    int axis = call.axis(-1, rank + 1);
    double[] places = IntStream.range(0, depth).asDoubleStream().toArray();
    Node positive = indices.greaterOrEqualTo(Node.constant(0)).select(indices, indices.plus(depth));
    int[] sizes = new int[rank + 1 - axis];
    Arrays.fill(sizes, 1);
    sizes[0] = depth;
    Node classes = Node.constant(Tensor.of(Shape.of(depth), places)).reshape(sizes);
    Node hits = positive.reshape(indices.shape().insert(axis, 1)).equalTo(classes);
    Node values = call.node(2);
    return Result.of(
        hits.select(values.slice(0, 1, 2).reshape(), values.slice(0, 0, 1).reshape()),
        call.kind(2));
  }

  private static List<Result> cumulativeSum(Call call) {
    call.allow("exclusive", "reverse");
    Node x = call.node(0);
    int rank = x.shape().rank();
    int axis = Call.positive((long) call.number(1), rank);
    boolean exclusive = call.attributes().flag("exclusive", false);
    boolean reverse = call.attributes().flag("reverse", false);
    Node y = exclusive ? shifted(x, axis, 1, reverse) : x;
    for (int by = 1; by < x.size(axis); by *= 2) { // sums of 1, 2, 4, ... elements
      y = y.plus(shifted(y, axis, by, reverse));
    }
    return call.result(y);
  }

  /** Returns an axis moved along, zeros behind it. */
  private static Node shifted(Node x, int axis, int by, boolean back) {
    return Padding.constant(x, axis, back ? -by : by, back ? by : -by, 0);
  }
}
