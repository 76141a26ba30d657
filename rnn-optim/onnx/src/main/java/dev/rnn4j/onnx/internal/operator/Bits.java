package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.op.PlainOp;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/** Operators on the bits of whole numbers. */
final class Bits {
  private Bits() {}

  static void addTo(Map<String, Operator> all) {
    all.put("BitwiseAnd", call -> bits(call, "BitwiseAnd", (x, y) -> x & y));
    all.put("BitwiseOr", call -> bits(call, "BitwiseOr", (x, y) -> x | y));
    all.put("BitwiseXor", call -> bits(call, "BitwiseXor", (x, y) -> x ^ y));
    all.put(
        "BitwiseNot",
        call -> {
          call.allow();
          return call.result(call.node(0).negate().minus(1));
        });
  }

  private static List<Result> bits(Call call, String name, LongBinaryOperator function) {
    call.allow();
    Shape shape = Shape.broadcast(call.shape(0), call.shape(1));
    Node y =
        PlainOp.of(
            name,
            List.of(),
            shape,
            true,
            (node, x, z) ->
                Arrays.setAll(z, i -> function.applyAsLong((long) x[0][i], (long) x[1][i])),
            call.node(0).broadcastTo(shape),
            call.node(1).broadcastTo(shape));
    return call.result(y);
  }
}
