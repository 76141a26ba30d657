package dev.rnn4j.onnx.internal.file;

import java.util.List;

/**
 * A call of an operator.
 *
 * @param name what the file calls it, or its first output
 * @param operator the name of the operator: {@code LSTM}
 * @param inputs names; empty for one that is left out
 * @param outputs names; empty for one that nobody reads
 */
public record Operation(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes) {

  @Override
  public String toString() {
    return "'" + name + "' (" + operator + ")";
  }
}
