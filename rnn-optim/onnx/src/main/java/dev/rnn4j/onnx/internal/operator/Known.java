package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;

/** What is computed from known operands. */
final class Known {
  private Known() {}

  /** Returns the value of a node that is made of operands of a call, which have to be known. */
  static Tensor of(Node node, Call call, int... operands) {
    for (int operand : operands) {
      call.known(operand);
    }
    return node.eval();
  }

  /** Returns the kind of the numbers of a data type's number. */
  static Kind kind(int dataType) {
    return switch (dataType) {
      case 1, 10, 11, 16 -> Kind.FLOAT;
      case 2, 3, 4, 5, 6, 7, 12, 13 -> Kind.INTEGER;
      case 9 -> Kind.BOOLEAN;
      default ->
          throw new IllegalArgumentException("the data type " + dataType + " is not known here");
    };
  }
}
