package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Attention of queries to keys, softmax(q·kᵀ·scale + mask)·v, for each head. */
final class Attention {
  private Attention() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Attention", Attention::attend);
  }

  private static List<Result> attend(Call call) {
    call.allow(
        "is_causal",
        "kv_num_heads",
        "q_num_heads",
        "qk_matmul_output_mode",
        "scale",
        "softcap",
        "softmax_precision");
    if (call.has(4) || call.has(5) || call.has(6) || call.outputs() > 1) {
      throw new IllegalArgumentException(
          "keys and values of before are not known here: export the model without a cache");
    }
    Node queries = heads(call, 0, "q_num_heads");
    Node keys = heads(call, 1, "kv_num_heads");
    Node values = heads(call, 2, "kv_num_heads");
    int count = queries.size(1);
    double scale = call.attributes().number("scale", 1 / Math.sqrt(queries.size(3)));
    Node scores =
        Products.matmul(queries, repeated(keys, count).transpose(0, 1, 3, 2)).times(scale);
    double cap = call.attributes().number("softcap", 0);
    scores = cap == 0 ? scores : scores.dividedBy(cap).tanh().times(cap);
    if (call.attributes().flag("is_causal", false)) {
      Node past = Masks.matrix(scores.size(2), scores.size(3), (query, key) -> key <= query);
      scores = masked(scores, past);
    }
    if (call.has(3)) {
      Node mask = call.node(3);
      scores = call.kind(3) == Kind.BOOLEAN ? masked(scores, mask) : scores.plus(mask);
    }
    Node y = Products.matmul(scores.softmax(), repeated(values, count));
    if (call.shape(0).rank() == 4) {
      return call.result(y);
    }
    return call.result(y.transpose(0, 2, 1, 3).reshape(y.size(0), y.size(2), count * y.size(3)));
  }

  private static Node masked(Node scores, Node mask) {
    return mask.select(scores, Node.constant(Double.NEGATIVE_INFINITY));
  }

  /** Returns [examples, heads, steps, size]. */
  private static Node heads(Call call, int operand, String attribute) {
    Node x = call.node(operand);
    if (x.shape().rank() == 4) {
      return x;
    }
    int count = call.attributes().integer(attribute, 1);
    return x.reshape(x.size(0), x.size(1), count, x.size(2) / count).transpose(0, 2, 1, 3);
  }

  /** Where there are fewer heads of keys, several queries share one. */
  private static Node repeated(Node x, int count) {
    int times = count / x.size(1);
    if (times == 1) {
      return x;
    }
    Shape each = x.shape().insert(2, 1);
    return x.reshape(each)
        .broadcastTo(each.with(2, times))
        .reshape(x.size(0), count, x.size(2), x.size(3));
  }
}
