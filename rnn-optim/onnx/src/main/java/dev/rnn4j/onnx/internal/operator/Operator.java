package dev.rnn4j.onnx.internal.operator;

import java.util.List;

/** What an operator makes of its operands. */
@FunctionalInterface
interface Operator {
  /** Returns the results, at least as many as the call has outputs. */
  List<Result> apply(Call call);
}
