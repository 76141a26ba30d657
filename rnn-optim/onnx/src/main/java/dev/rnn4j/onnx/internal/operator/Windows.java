package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Attributes;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** Operators of windows that move over the axes behind examples and channels. */
final class Windows {
  /** How a window moves along one axis; begin and end are what is added to the axis. */
  private record Move(int kernel, int stride, int dilation, int begin, int end) {
    int reach() {
      return (kernel - 1) * dilation + 1;
    }

    int count(int size) {
      int room = size + begin + end - reach();
      if (room < 0) {
        throw new IllegalArgumentException(
            "a window of " + reach() + " does not fit into an axis of " + (size + begin + end));
      }
      return room / stride + 1;
    }
  }

  private Windows() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Conv", Windows::convolution);
    all.put("MaxPool", Windows::maxPool);
    all.put("AveragePool", Windows::averagePool);
    all.put("GlobalAveragePool", call -> call.result(call.node(0).meanKeeping(spatial(call))));
    all.put("GlobalMaxPool", call -> call.result(call.node(0).maxKeeping(spatial(call))));
  }

  private static int[] spatial(Call call) {
    call.allow();
    return IntStream.range(2, call.shape(0).rank()).toArray();
  }

  private static List<Move> moves(Call call, int[] kernel) {
    Attributes attributes = call.attributes();
    int count = kernel.length;
    if (call.shape(0).rank() != count + 2) {
      throw new IllegalArgumentException(
          "it moves over " + count + " axes, and is given " + call.shape(0));
    }
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    long[] strides = attributes.integers("strides").orElse(ones);
    long[] dilations = attributes.integers("dilations").orElse(ones);
    long[] pads = attributes.integers("pads").orElse(new long[2 * count]);
    String auto = attributes.text("auto_pad", "NOTSET");
    boolean ceil = attributes.flag("ceil_mode", false);
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = call.shape(0).size(i + 2);
      int stride = (int) strides[i];
      int reach = (kernel[i] - 1) * (int) dilations[i] + 1;
      int begin = (int) pads[i];
      int end = (int) pads[i + count];
      if (auto.startsWith("SAME")) {
        int all = Math.max(0, (size + stride - 1) / stride * stride - stride + reach - size);
        begin = auto.equals("SAME_UPPER") ? all / 2 : all - all / 2;
        end = all - begin;
      } else if (auto.equals("VALID")) {
        begin = 0;
        end = 0;
      }
      if (ceil) { // a last window may stand out, if it begins inside
        int over = Math.floorMod(-(size + begin + end - reach), stride);
        int last = size + begin + end + over - reach;
        end += over > 0 && last < size + begin ? over : 0;
      }
      moves.add(new Move(kernel[i], stride, (int) dilations[i], begin, end));
    }
    return moves;
  }

  /** Returns, for each place in the window, the elements that it sees while the window moves. */
  private static List<Node> seen(Node x, List<Move> moves, double around) {
    List<Node> seen = List.of(x);
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      int axis = i + 2;
      int count = move.count(x.shape().size(axis));
      List<Node> next = new ArrayList<>();
      for (Node part : seen) {
        Node padded = Padding.constant(part, axis, move.begin(), move.end(), around);
        for (int k = 0; k < move.kernel(); k++) {
          next.add(every(padded, axis, k * move.dilation(), count, move.stride()));
        }
      }
      seen = next;
    }
    return seen;
  }

  private static Node every(Node x, int axis, int from, int count, int stride) {
    if (stride == 1) {
      return x.slice(axis, from, from + count);
    }
    double[] places = IntStream.range(0, count).mapToDouble(i -> from + i * stride).toArray();
    return Indexing.along(x, axis, places);
  }

  /** One product for each group: what a window sees, times its weights. */
  private static List<Result> convolution(Call call) {
    call.allow("kernel_shape", "strides", "dilations", "pads", "auto_pad", "group");
    Shape weights = call.shape(1);
    int[] kernel = Arrays.copyOfRange(weights.toArray(), 2, weights.rank());
    List<Node> seen = seen(call.node(0), moves(call, kernel), 0);
    int groups = call.attributes().integer("group", 1);
    Shape part = seen.get(0).shape();
    int examples = part.size(0);
    int positions = positions(part);
    int channels = part.size(1) / groups;
    int filters = weights.size(0) / groups;
    if (channels != weights.size(1)) {
      throw new IllegalArgumentException(
          "its weights " + weights + " do not fit to " + call.shape(0));
    }
    List<Node> rows = new ArrayList<>();
    for (Node each : seen) { // [groups, examples · positions, channels, 1]
      Node split = each.reshape(examples, groups, channels, positions).transpose(1, 0, 3, 2);
      rows.add(split.reshape(groups, examples * positions, channels, 1));
    }
    int columns = channels * rows.size();
    Node all = Node.concat(3, rows).reshape(groups, examples * positions, columns);
    Node by = call.node(1).reshape(groups, filters, columns).transpose(0, 2, 1);
    Node product = all.matmul(by).reshape(groups, examples, positions, filters);
    int[] sizes = part.toArray();
    sizes[1] = groups * filters;
    Node y = product.transpose(1, 0, 3, 2).reshape(sizes);
    return call.result(call.has(2) ? y.plus(perChannel(call.node(2), sizes.length)) : y);
  }

  private static int positions(Shape shape) {
    return Shapes.count(shape, 2, shape.rank());
  }

  /** Returns one value for each channel, the second axis of {@code rank}, or the only one. */
  static Node perChannel(Node values, int rank) {
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 1);
    sizes[Math.min(1, rank - 1)] = -1;
    return values.reshape(sizes);
  }

  private static int[] kernel(Call call) {
    call.allow(
        "kernel_shape",
        "strides",
        "dilations",
        "pads",
        "auto_pad",
        "ceil_mode",
        "count_include_pad",
        "storage_order");
    if (call.outputs() > 1) {
      throw new IllegalArgumentException("the places of the largest are not known here");
    }
    return Shapes.ints(call.attributes().integers("kernel_shape").orElseThrow());
  }

  private static List<Result> maxPool(Call call) {
    List<Move> moves = moves(call, kernel(call));
    return call.result(joined(seen(call.node(0), moves, Double.NEGATIVE_INFINITY), Node::maximum));
  }

  /** What a window sees, divided by how much that is. */
  private static List<Result> averagePool(Call call) {
    List<Move> moves = moves(call, kernel(call));
    Node sum = joined(seen(call.node(0), moves, 0), Node::plus);
    Node inside = Node.ones(call.shape(0).toArray());
    if (call.attributes().flag("count_include_pad", false)) {
      long[] pads = call.attributes().integers("pads").orElse(new long[2 * moves.size()]);
      List<Move> rest = new ArrayList<>();
      for (int i = 0; i < moves.size(); i++) {
        Move move = moves.get(i);
        boolean given = call.attributes().text("auto_pad", "NOTSET").equals("NOTSET");
        int begin = given ? (int) pads[i] : move.begin();
        int end = given ? (int) pads[i + moves.size()] : move.end();
        inside = Padding.constant(inside, i + 2, begin, end, 1);
        rest.add(
            new Move(
                move.kernel(),
                move.stride(),
                move.dilation(),
                move.begin() - begin,
                move.end() - end));
      }
      moves = rest;
    }
    Node count = joined(seen(inside, moves, 0), Node::plus);
    return call.result(sum.dividedBy(Node.constant(count.eval())));
  }

  private static Node joined(List<Node> parts, BinaryOperator<Node> function) {
    return parts.stream().reduce(function).orElseThrow();
  }
}
