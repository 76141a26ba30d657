package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Matrix products, and normalisations with the scale and shift that follow them. */
final class Products {
  private Products() {}

  static void addTo(Map<String, Operator> all) {
    all.put("MatMul", call -> call.result(matmul(call.allow().node(0), call.node(1))));
    all.put("Gemm", Products::gemm);
    all.put("LayerNormalization", Products::layerNormalization);
    all.put("RMSNormalization", Products::rmsNormalization);
    all.put("BatchNormalization", Products::batchNormalization);
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

  private interface OfRows {
    Node of(Node rows);
  }

  /** Normalises all axes from one on together. */
  private static Node normalized(Call call, OfRows function) {
    Node x = call.node(0);
    int[] sizes = x.shape().toArray();
    int axis = call.axis(-1, sizes.length);
    int columns = Arrays.stream(sizes, axis, sizes.length).reduce(1, Math::multiplyExact);
    boolean last = axis == sizes.length - 1;
    Node rows = last ? x : x.reshape(-1, columns);
    Node y = function.of(rows);
    Node scaled = (last ? y : y.reshape(x.shape())).times(call.node(1));
    return call.has(2) ? scaled.plus(call.node(2)) : scaled;
  }

  private static List<Result> layerNormalization(Call call) {
    call.allow("axis", "epsilon", "stash_type");
    if (call.outputs() > 1) {
      throw new IllegalArgumentException("its means and deviations are asked for: not known here");
    }
    double epsilon = call.attributes().number("epsilon", 1e-5);
    return call.result(normalized(call, rows -> rows.normalize(epsilon)));
  }

  private static List<Result> rmsNormalization(Call call) {
    call.allow("axis", "epsilon", "stash_type");
    double epsilon = call.attributes().number("epsilon", 1e-5);
    return call.result(
        normalized(
            call, rows -> rows.dividedBy(rows.square().meanKeeping(-1).plus(epsilon).sqrt())));
  }

  private static List<Result> batchNormalization(Call call) {
    call.allow("epsilon", "momentum", "training_mode", "spatial");
    if (call.attributes().flag("training_mode", false) || call.outputs() > 1) {
      throw new IllegalArgumentException(
          "it learns means, as in training: export the model after model.eval()");
    }
    Node x = call.node(0);
    int[] sizes = new int[x.shape().rank()];
    Arrays.fill(sizes, 1);
    sizes[Math.min(1, sizes.length - 1)] = -1;
    Node deviation = call.node(4).plus(call.attributes().number("epsilon", 1e-5)).sqrt();
    Node factor = call.node(1).dividedBy(deviation);
    Node shift = call.node(2).minus(call.node(3).times(factor));
    return call.result(x.times(factor.reshape(sizes)).plus(shift.reshape(sizes)));
  }
}
