package dev.rnn4j.onnx.internal.operator;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Constant;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that say or change the shape of what they are given. */
final class Shapes {
  private Shapes() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Shape", Shapes::shape);
    all.put("Size", call -> Result.known(Tensor.scalar(call.shape(0).elements()), Kind.INTEGER));
    all.put("Constant", Shapes::constant);
    all.put("ConstantOfShape", Shapes::constantOfShape);
    all.put("Reshape", Shapes::reshape);
    all.put("Flatten", Shapes::flatten);
    all.put("Squeeze", Shapes::squeeze);
    all.put("Unsqueeze", Shapes::unsqueeze);
    all.put("Transpose", Shapes::transpose);
    all.put("Expand", Shapes::expand);
    all.put("Tile", Shapes::tile);
    all.put("Concat", Shapes::concat);
    all.put("Split", Shapes::split);
  }

  /** Returns numbers of a file, each of which has to be a size or an axis. */
  static int[] ints(long[] numbers) {
    return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
  }

  /** Returns a shape of sizes that have been computed. */
  static Shape shapeOf(long[] sizes) {
    return Shape.of(ints(sizes));
  }

  /** Returns the number of elements of the axes between two. */
  static int count(Shape shape, int from, int to) {
    return Shape.of(Arrays.copyOfRange(shape.toArray(), from, to)).elements();
  }

  /** Returns a shape without some of its axes. */
  static Shape without(Shape shape, int[] axes) {
    int[] left = IntStream.range(0, shape.rank()).filter(i -> !Ints.contains(axes, i)).toArray();
    return Shape.of(Arrays.stream(left).map(shape::size).toArray());
  }

  private static List<Result> shape(Call call) {
    call.allow("start", "end");
    int[] sizes = call.shape(0).toArray();
    int from = clamped(call.attributes().integer("start", 0), sizes.length);
    int to = clamped(call.attributes().integer("end", sizes.length), sizes.length);
    double[] some = IntStream.range(from, Math.max(from, to)).mapToDouble(i -> sizes[i]).toArray();
    return Result.known(Tensor.of(some), Kind.INTEGER);
  }

  private static int clamped(int position, int size) {
    return Math.max(0, Math.min(size, position < 0 ? position + size : position));
  }

  private static List<Result> constant(Call call) {
    call.allow("value", "value_float", "value_floats", "value_int", "value_ints");
    if (call.attributes().has("value")) {
      Constant value = call.attributes().tensor("value").orElseThrow();
      return Result.known(value.tensor(), value.kind());
    }
    if (call.attributes().has("value_int")) {
      double value = call.attributes().integer("value_int", 0);
      return Result.known(Tensor.scalar(value), Kind.INTEGER);
    }
    if (call.attributes().has("value_float")) {
      return Result.known(Tensor.scalar(call.attributes().number("value_float", 0)), Kind.FLOAT);
    }
    if (call.attributes().has("value_ints")) {
      long[] values = call.attributes().integers("value_ints").orElseThrow();
      double[] numbers = Arrays.stream(values).asDoubleStream().toArray();
      return Result.known(Tensor.of(numbers), Kind.INTEGER);
    }
    return Result.known(Tensor.of(call.attributes().numbers("value_floats")), Kind.FLOAT);
  }

  private static List<Result> constantOfShape(Call call) {
    call.allow("value");
    Constant value =
        call.attributes().tensor("value").orElse(new Constant(Kind.FLOAT, Tensor.of(0.0)));
    Tensor full = Tensor.full(shapeOf(call.integers(0)), value.tensor().at(0));
    return Result.known(full, value.kind());
  }

  private static List<Result> reshape(Call call) {
    call.allow("allowzero");
    long[] sizes = call.integers(1);
    if (!call.attributes().flag("allowzero", false)) {
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = sizes[i] == 0 ? call.shape(0).size(i) : sizes[i];
      }
    }
    return call.result(call.node(0).reshape(ints(sizes)));
  }

  private static List<Result> flatten(Call call) {
    call.allow("axis");
    Shape shape = call.shape(0);
    int rank = shape.rank();
    int axis = call.attributes().integer("axis", 1);
    int first = axis == rank ? rank : Call.positive(axis, rank); // or behind the last one
    int rows = count(shape, 0, first);
    int columns = count(shape, first, rank);
    return call.result(call.node(0).reshape(rows, columns));
  }

  private static List<Result> squeeze(Call call) {
    call.allow("axes");
    Shape shape = call.shape(0);
    int[] axes =
        call.axes(1, shape.rank())
            .orElseGet(
                () -> IntStream.range(0, shape.rank()).filter(i -> shape.size(i) == 1).toArray());
    for (int axis : axes) {
      if (shape.size(axis) != 1) {
        throw new IllegalArgumentException(
            "axis " + axis + " of " + shape + " is not of size 1, and cannot go");
      }
    }
    return call.result(call.node(0).reshape(without(shape, axes)));
  }

  private static List<Result> unsqueeze(Call call) {
    call.allow("axes");
    int given =
        call.has(1)
            ? call.shape(1).elements()
            : call.attributes().integers("axes").orElseThrow().length;
    int[] axes = call.axes(1, call.shape(0).rank() + given).orElseThrow();
    Shape more = call.shape(0);
    for (int axis : Arrays.stream(axes).sorted().toArray()) {
      more = more.insert(axis, 1);
    }
    return call.result(call.node(0).reshape(more));
  }

  private static List<Result> transpose(Call call) {
    call.allow("perm");
    int rank = call.shape(0).rank();
    int[] axes =
        call.attributes()
            .integers("perm")
            .map(Shapes::ints)
            .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    return call.result(rank < 2 ? call.node(0) : call.node(0).transpose(axes));
  }

  private static List<Result> expand(Call call) {
    call.allow();
    Shape target = Shape.broadcast(call.shape(0), shapeOf(call.integers(1)));
    return call.result(call.node(0).broadcastTo(target));
  }

  private static List<Result> tile(Call call) {
    call.allow();
    Node x = call.node(0);
    long[] times = call.integers(1);
    for (int axis = 0; axis < times.length; axis++) {
      int count = Math.toIntExact(times[axis]);
      if (count == 0) {
        x = x.slice(axis, 0, 0);
      } else if (count > 1) {
        x = Node.concat(axis, Collections.nCopies(count, x));
      }
    }
    return call.result(x);
  }

  private static List<Result> concat(Call call) {
    call.allow("axis");
    List<Node> parts = call.nodes();
    return call.result(Node.concat(call.axis(0, parts.get(0).shape().rank()), parts));
  }

  private static List<Result> split(Call call) {
    call.allow("axis", "split", "num_outputs");
    Node x = call.node(0);
    int axis = call.axis(0, x.shape().rank());
    int size = x.size(axis);
    long[] sizes;
    if (call.has(1)) {
      sizes = call.integers(1);
    } else {
      int count = call.attributes().integer("num_outputs", call.outputs());
      int part = (size + count - 1) / count; // the last one is smaller where they are not equal
      sizes =
          call.attributes()
              .integers("split")
              .orElseGet(
                  () ->
                      IntStream.range(0, count)
                          .mapToLong(i -> Math.max(0, Math.min(part, size - i * part)))
                          .toArray());
    }
    List<Result> parts = new ArrayList<>();
    int from = 0;
    for (long part : sizes) {
      int to = from + Math.toIntExact(part);
      parts.add(new Result(x.slice(axis, from, to), call.kind(0)));
      from = to;
    }
    return parts;
  }
}
