package dev.rnn4j.onnx.internal.file;

import java.util.List;
import java.util.Map;

/**
 * A graph as a file has it, its operations in an order in which they can be computed.
 *
 * @param version of the operators (opset)
 */
public record Graph(
    int version,
    List<Variable> inputs,
    List<Variable> outputs,
    Map<String, Constant> constants,
    List<Operation> operations) {}
