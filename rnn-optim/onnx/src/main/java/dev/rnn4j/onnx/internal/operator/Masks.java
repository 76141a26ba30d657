package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The halves of matrices, and the matrix of their diagonal. */
final class Masks {
  /** Where something holds. */
  interface Place {
    /** Returns whether it does. */
    boolean holds(int row, int column);
  }

  private Masks() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Trilu", Masks::half);
    all.put("EyeLike", Masks::diagonal);
  }

  /** Returns 1 where something holds, 0 elsewhere. */
  static Node matrix(int rows, int columns, Place place) {
    return Node.constant(ones(rows, columns, place));
  }

  private static Tensor ones(int rows, int columns, Place place) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = place.holds(i / columns, i % columns) ? 1 : 0;
    }
    return Tensor.of(Shape.of(rows, columns), values);
  }

  private static List<Result> half(Call call) {
    call.allow("upper");
    Node x = call.node(0);
    int k = call.has(1) ? (int) call.number(1) : 0;
    boolean upper = call.attributes().flag("upper", true);
    Node kept =
        matrix(
            x.size(-2), x.size(-1), (row, column) -> upper ? column >= row + k : column <= row + k);
    return call.result(kept.select(x, Node.constant(0)));
  }

  private static List<Result> diagonal(Call call) {
    call.allow("dtype", "k");
    int k = call.attributes().integer("k", 0);
    Tensor ones =
        ones(call.shape(0).size(0), call.shape(0).size(1), (row, column) -> column == row + k);
    Kind kind =
        call.attributes().has("dtype")
            ? Kind.of(call.attributes().integer("dtype", 1))
            : call.kind(0);
    return Result.known(ones, kind);
  }
}
