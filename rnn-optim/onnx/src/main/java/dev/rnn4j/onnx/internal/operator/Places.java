package dev.rnn4j.onnx.internal.operator;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.onnx.internal.op.Accumulate;
import dev.rnn4j.onnx.internal.op.PlainOp;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Operators that read from or write to places that are given one by one. Places are computed, and
 * then rows are gathered from them, through which gradients flow.
 */
final class Places {
  /** How many numbers a float counts without a gap. */
  private static final int MOST = 1 << 24;

  /** Says which row an index points to. */
  @FunctionalInterface
  private interface Target {
    int row(double[] indices, int i);
  }

  private Places() {}

  static void addTo(Map<String, Operator> all) {
    all.put("GatherElements", Places::gatherElements);
    all.put("ScatterElements", Places::scatterElements);
    all.put("GatherND", Places::gatherRows);
    all.put("ScatterND", Places::scatterRows);
    all.put("NonZero", Places::nonZero);
  }

  /** Returns the elements at positions, which count through all of them. */
  static Node picked(Node x, Node positions) {
    int count = x.shape().elements();
    Node column = x.reshape(requireCountable(count), 1);
    Node flat = positions.reshape(positions.shape().elements());
    return column.gather(flat).reshape(positions.shape());
  }

  private static int requireCountable(int rows) {
    if (rows > MOST) {
      throw new IllegalArgumentException(
          rows + " places are more than the " + MOST + " that a float tells apart");
    }
    return rows;
  }

  private static List<Result> gatherElements(Call call) {
    call.allow("axis");
    Node x = call.node(0);
    Node indices = call.node(1);
    int axis = call.axis(0, x.shape().rank());
    return call.result(
        picked(x, rows("GatherElements", axis, x.shape(), indices, element(x, indices, axis))));
  }

  private static Node rows(String name, int axis, Shape shape, Node indices, Target target) {
    int last = indices.shape().rank() - 1;
    Shape result = axis >= 0 ? indices.shape() : indices.shape().without(last);
    return PlainOp.of(
        name,
        List.of(axis, shape),
        result,
        (operands, y) -> Arrays.setAll(y, i -> target.row(operands[0], i)),
        indices);
  }

  /** An index counts along one axis; the other axes are those of the index itself. */
  private static Target element(Node x, Node indices, int axis) {
    Shape from = x.shape();
    Shape shape = indices.shape();
    int[] strides = from.strides();
    return (values, i) -> {
      int[] at = shape.indexOf(i);
      at[axis] = place(values[i], from.size(axis));
      int position = 0;
      for (int j = 0; j < at.length; j++) {
        position += at[j] * strides[j];
      }
      return position;
    };
  }

  private static int place(double index, int size) {
    int place = (int) (index < 0 ? index + size : index);
    if (place < 0 || place >= size) {
      throw new IndexOutOfBoundsException(
          "the index "
              + (long) index
              + " is none of the axis of "
              + size
              + " elements that it points to");
    }
    return place;
  }

  private static List<Result> scatterElements(Call call) {
    call.allow("axis", "reduction");
    Node x = call.node(0);
    Node indices = call.node(1);
    int axis = call.axis(0, x.shape().rank());
    int count = requireCountable(x.shape().elements());
    Target target = element(x, indices, axis);
    Node y =
        written(
            call,
            x.reshape(count, 1),
            call.node(2).reshape(indices.shape().elements(), 1),
            List.of("ScatterElements", axis, x.shape()),
            target);
    return call.result(y.reshape(x.shape()));
  }

  /** Writes rows over those that indices point to, the last one where several do; or adds them. */
  private static Node written(Call call, Node rows, Node updates, List<?> settings, Target target) {
    int count = rows.size(0);
    int more = updates.size(0);
    requireCountable(count + more);
    Node indices = call.node(1);
    String reduction = call.attributes().text("reduction", "none");
    if (reduction.equals("add")) {
      Node places =
          PlainOp.of(
              "PlacesOfUpdates",
              settings,
              Shape.of(more),
              (operands, y) -> Arrays.setAll(y, i -> target.row(operands[0], i)),
              indices);
      return rows.plus(Accumulate.of(updates, places, count));
    }
    if (!reduction.equals("none")) {
      throw new IllegalArgumentException(
          "the reduction " + reduction + " of what falls together is not known here");
    }
    Node sources =
        PlainOp.of(
            "SourcesOfUpdates",
            settings,
            Shape.of(count),
            (operands, y) -> {
              Arrays.setAll(y, i -> i);
              for (int i = 0; i < more; i++) {
                y[target.row(operands[0], i)] = count + i;
              }
            },
            indices);
    return Node.concat(0, rows, updates).gather(sources);
  }

  private static List<Result> gatherRows(Call call) {
    call.allow("batch_dims");
    Node x = call.node(0);
    Node indices = call.node(1);
    int batch = call.attributes().integer("batch_dims", 0);
    int depth = indices.size(-1);
    int[] front = Arrays.copyOf(x.shape().toArray(), batch + depth);
    Target target = row(front, batch, indices.shape());
    Node rows = rows("GatherND", -1 - batch, x.shape(), indices, target);
    int count = requireCountable(Shape.of(front).elements());
    Node all = x.reshape(count, x.shape().elements() / Math.max(1, count));
    Node taken = all.gather(rows.reshape(rows.shape().elements()));
    int[] rest = Arrays.copyOfRange(x.shape().toArray(), front.length, x.shape().rank());
    return call.result(taken.reshape(Ints.concat(rows.shape().toArray(), rest)));
  }

  /** The last axis of indices holds the place along each of the first axes of the tensor. */
  private static Target row(int[] front, int batch, Shape indices) {
    int depth = front.length - batch;
    int behind = 1; // how many indices there are for each of the batch
    for (int i = batch; i < indices.rank() - 1; i++) {
      behind *= indices.size(i);
    }
    int each = Math.max(1, behind);
    return (values, i) -> {
      int row = batch == 0 ? 0 : i / each;
      for (int j = 0; j < depth; j++) {
        row = row * front[batch + j] + place(values[i * depth + j], front[batch + j]);
      }
      return row;
    };
  }

  private static List<Result> scatterRows(Call call) {
    call.allow("reduction");
    Node x = call.node(0);
    Shape indices = call.shape(1);
    int[] front = Arrays.copyOf(x.shape().toArray(), indices.size(-1));
    int count = Shape.of(front).elements();
    int columns = Shapes.count(x.shape(), front.length, x.shape().rank());
    int more = indices.without(indices.rank() - 1).elements();
    Node y =
        written(
            call,
            x.reshape(count, columns),
            call.node(2).reshape(more, columns),
            List.of("ScatterND", x.shape()),
            row(front, 0, indices));
    return call.result(y.reshape(x.shape()));
  }

  /** The number of places that are not 0 is a size, so their values have to be known. */
  private static List<Result> nonZero(Call call) {
    call.allow();
    Tensor x = call.known(0);
    int rank = x.shape().rank();
    double[] values = x.toDoubles();
    int[] places = IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
    double[] result = new double[rank * places.length];
    for (int j = 0; j < places.length; j++) {
      int[] at = x.shape().indexOf(places[j]);
      for (int axis = 0; axis < rank; axis++) {
        result[axis * places.length + j] = at[axis];
      }
    }
    return Result.known(Tensor.of(Shape.of(rank, places.length), result), Kind.INTEGER);
  }
}
