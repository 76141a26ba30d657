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
    all.put("BitwiseAnd", plain("BitwiseAnd", (x, y) -> x & y));
    all.put("BitwiseOr", plain("BitwiseOr", (x, y) -> x | y));
    all.put("BitwiseXor", plain("BitwiseXor", (x, y) -> x ^ y));
    all.put(
        "BitShift",
        call -> {
          call.allow("direction");
          boolean left = call.attributes().choice("direction", "RIGHT", "LEFT").equals("LEFT");
          return left
              ? bits(call, "ShiftLeft", (x, y) -> x << y)
              : bits(call, "ShiftRight", (x, y) -> x >> y);
        });
    all.put("BitwiseNot", Elementwise.of(x -> x.negate().minus(1)));
  }

  private static Operator plain(String name, LongBinaryOperator function) {
    return call -> bits(call.allow(), name, function);
  }

  private static List<Result> bits(Call call, String name, LongBinaryOperator function) {
    Shape shape = Shape.broadcast(call.shape(0), call.shape(1));
    Node y =
        PlainOp.of(
            name,
            List.of(),
            shape,
            (x, z) -> Arrays.setAll(z, i -> function.applyAsLong((long) x[0][i], (long) x[1][i])),
            call.node(0).broadcastTo(shape),
            call.node(1).broadcastTo(shape));
    return call.result(y);
  }
}
