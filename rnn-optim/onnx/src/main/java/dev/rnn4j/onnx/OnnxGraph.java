package dev.rnn4j.onnx;

import dev.rnn4j.onnx.internal.file.Graph;
import dev.rnn4j.onnx.internal.file.Variable;
import java.util.List;

/** The operations of a model; its parameters are not among them. */
public final class OnnxGraph {
  private final Graph graph;

  OnnxGraph(Graph graph) {
    this.graph = graph;
  }

  Graph graph() {
    return graph;
  }

  /** Returns the inputs, in order. */
  public List<OnnxVariable> inputs() {
    return graph.inputs().stream().map(OnnxGraph::variable).toList();
  }

  /** Returns the outputs, in order. */
  public List<OnnxVariable> outputs() {
    return graph.outputs().stream().map(OnnxGraph::variable).toList();
  }

  private static OnnxVariable variable(Variable variable) {
    List<String> sizes = variable.sizes() == null ? List.of("...") : variable.sizes();
    return new OnnxVariable(variable.name(), variable.kind().toString(), sizes);
  }

  /** Returns the number of operations, inputs and outputs. */
  @Override
  public String toString() {
    return graph.operations().size() + " operations from " + inputs() + " to " + outputs();
  }
}
