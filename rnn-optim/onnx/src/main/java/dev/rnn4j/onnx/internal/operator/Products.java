package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Products of matrices. */
final class Products {
  private Products() {}

  static void addTo(Map<String, Operator> all) {
    all.put("MatMul", call -> call.result(matmul(call.allow().node(0), call.node(1))));
    all.put("Gemm", Products::gemm);
  }

  /** Returns NumPy's product of any number of matrices. */
  static Node matmul(Node x, Node y) {
    Shape a = x.shape();
    Shape b = y.shape();
    if (a.rank() == 1) {
      Node product = matmul(x.reshape(1, a.size(0)), y);
      return product.reshape(product.shape().without(b.rank() == 1 ? -1 : -2));
    }
    if (b.rank() == 1) {
      Node product = matmul(x, y.reshape(b.size(0), 1));
      return product.reshape(product.shape().without(-1));
    }
    if (b.rank() == 2) {
      return a.rank() <= 3
          ? x.matmul(y)
          : x.reshape(-1, a.size(-1)).matmul(y).reshape(a.with(a.rank() - 1, b.size(1)));
    }
    Shape batch = Shape.broadcast(leading(a), leading(b));
    Node left = x.broadcastTo(behind(batch, a)).reshape(-1, a.size(-2), a.size(-1));
    Node right = y.broadcastTo(behind(batch, b)).reshape(-1, b.size(-2), b.size(-1));
    Shape product = batch.insert(batch.rank(), a.size(-2));
    return left.matmul(right).reshape(product.insert(product.rank(), b.size(-1)));
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  private static Shape behind(Shape batch, Shape matrix) {
    Shape shape = batch.insert(batch.rank(), matrix.size(-2));
    return shape.insert(shape.rank(), matrix.size(-1));
  }

  private static List<Result> gemm(Call call) {
    call.allow("alpha", "beta", "transA", "transB");
    Node a = call.attributes().flag("transA", false) ? call.node(0).transpose() : call.node(0);
    Node b = call.attributes().flag("transB", false) ? call.node(1).transpose() : call.node(1);
    Node product = scaled(a.matmul(b), call.attributes().number("alpha", 1));
    return call.result(
        call.has(2)
            ? product.plus(scaled(call.node(2), call.attributes().number("beta", 1)))
            : product);
  }

  private static Node scaled(Node x, double factor) {
    return factor == 1 ? x : x.times(factor);
  }
}
