package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that take elements from places, and those that compute places. */
final class Indexing {
  private Indexing() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Gather", Indexing::gather);
    all.put("Slice", Indexing::slice);
    all.put("Range", Indexing::range);
    all.put("TopK", Indexing::topK);
    all.put("ScatterElements", Indexing::scatterElements);
  }

  private static List<Result> gather(Call call) {
    call.allow("axis");
    Node data = call.node(0);
    Value indices = call.operand(1);
    int axis = call.axis(0, data.shape().rank());
    if (indices.known() == null) {
      return call.result(along(data, axis, indices.node()));
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
    int[] front = moved(shape.rank(), axis, 0);
    Node first = axis == 0 ? data : data.transpose(front);
    Node rows = first.reshape(shape.size(axis), columns(shape, axis)).gather(indices);
    Shape indexed = indices.shape();
    Shape rest = indexed;
    for (int other : shape.without(axis).toArray()) {
      rest = rest.insert(rest.rank(), other);
    }
    Node taken = rows.reshape(rest);
    if (axis == 0) {
      return taken;
    }
    int[] back =
        IntStream.concat(
                IntStream.range(indexed.rank(), indexed.rank() + axis),
                IntStream.concat(
                    IntStream.range(0, indexed.rank()),
                    IntStream.range(indexed.rank() + axis, rest.rank())))
            .toArray();
    return rest.rank() < 2 ? taken : taken.transpose(back);
  }

  private static int columns(Shape shape, int axis) {
    return Arrays.stream(shape.without(axis).toArray()).reduce(1, Math::multiplyExact);
  }

  private static int[] moved(int rank, int axis, int to) {
    int[] others = IntStream.range(0, rank).filter(i -> i != axis).toArray();
    return IntStream.concat(
            IntStream.concat(Arrays.stream(others, 0, to), IntStream.of(axis)),
            Arrays.stream(others, to, others.length))
        .toArray();
  }

  private static Shape replaced(Shape shape, int axis, Shape by) {
    Shape left = shape.without(axis);
    for (int i = 0; i < by.rank(); i++) {
      left = left.insert(axis + i, by.size(i));
    }
    return left;
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
            : places(Math.min(size - 1, from), Math.max(-1, to), step);
    return along(x, axis, Node.constant(Tensor.of(Shape.of(places.length), places)));
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
    Tensor x = call.known(0);
    int count = (int) call.number(1);
    int axis = call.axis(-1, x.shape().rank());
    boolean largest = call.attributes().flag("largest", true);
    Shape shape = x.shape().with(axis, count);
    double[] values = new double[shape.elements()];
    double[] places = new double[shape.elements()];
    double[] all = x.toDoubles();
    int inner = inner(x.shape(), axis);
    int size = x.shape().size(axis);
    for (int outer = 0; outer < (size == 0 ? 0 : all.length / size / inner); outer++) {
      for (int i = 0; i < inner; i++) {
        int first = outer * size * inner + i;
        Comparator<Integer> smallest = Comparator.comparingDouble(j -> all[first + j * inner]);
        int[] order =
            IntStream.range(0, size)
                .boxed()
                .sorted(largest ? smallest.reversed() : smallest) // stable: ties in order
                .mapToInt(Integer::intValue)
                .toArray();
        for (int j = 0; j < count; j++) {
          int to = (outer * count + j) * inner + i;
          values[to] = all[first + order[j] * inner];
          places[to] = order[j];
        }
      }
    }
    Tensor best = Tensor.of(shape, values);
    Tensor where = Tensor.of(shape, places);
    return List.of(
        new Result(Node.constant(best), call.kind(0), best),
        new Result(Node.constant(where), Kind.INTEGER, where));
  }

  private static int inner(Shape shape, int axis) {
    return Arrays.stream(shape.toArray(), axis + 1, shape.rank()).reduce(1, Math::multiplyExact);
  }

  private static List<Result> scatterElements(Call call) {
    call.allow("axis", "reduction");
    if (!call.attributes().text("reduction", "none").equals("none")) {
      throw new IllegalArgumentException("it reduces what falls together, which is not known here");
    }
    double[] y = call.known(0).toDoubles().clone();
    Tensor indices = call.known(1);
    double[] updates = call.known(2).toDoubles();
    Shape shape = call.shape(0);
    int axis = call.axis(0, shape.rank());
    int[] strides = shape.strides();
    for (int i = 0; i < updates.length; i++) {
      int[] at = indices.shape().indexOf(i);
      int place = (int) indices.at(i);
      at[axis] = place < 0 ? place + shape.size(axis) : place;
      y[IntStream.range(0, at.length).map(j -> at[j] * strides[j]).sum()] = updates[i];
    }
    return Result.known(Tensor.of(shape, y), call.kind(0));
  }
}
