package dev.rnn4j.onnx;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.onnx.internal.file.Graph;
import dev.rnn4j.onnx.internal.file.GraphReader;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.onnx.internal.file.Variable;
import dev.rnn4j.onnx.internal.operator.Operators;
import dev.rnn4j.onnx.internal.operator.Translation;
import dev.rnn4j.onnx.internal.operator.Value;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model from an ONNX file, as PyTorch's exporters write them:
 *
 * <pre>{@code
 * OnnxModel model = OnnxModel.read(Path.of("tagger.onnx"));
 * Map<String, Tensor> outputs = model.predictor(Precision.FLOAT32).predict(Map.of("x", x));
 * }</pre>
 *
 * <p>Its operators become nodes, for the sizes that its inputs have: recurrent ones are unrolled
 * and compiled as any cell is. It is a module like any other: {@link #apply} makes it part of a
 * larger model, and its parameters are trained, saved and loaded with those of that model.
 *
 * <p>A parameter is what the file keeps under a name and has more than one element, of floating-
 * point numbers; means and variances of batch normalisations are none. Where values of an input
 * decide sizes, as those of a {@code Reshape}, they have to be known while the nodes are written:
 * {@link #nodes} takes them as {@link Node#constant}, and {@link OnnxPredictor} sees to it. Lengths
 * of packed sequences decide none.
 *
 * @param graph the operations
 * @param parameters by the names that they have in the file
 */
public record OnnxModel(OnnxGraph graph, Map<String, Parameter> parameters) {
  /** Creates the model of operations and the parameters that they read. */
  public OnnxModel {
    checkNotNull(graph, "an OnnxModel was given null as its graph");
    checkNotNull(parameters, "an OnnxModel was given null as its parameters");
    parameters = ImmutableMap.copyOf(parameters);
  }

  /**
   * Reads a model, and the tensors that are kept in files beside it.
   *
   * @throws OnnxException where there is no such file, it is damaged or no ONNX model, or uses what
   *     cannot be expressed here: all operators that are not known are named
   * @throws IOException where the file cannot be read
   */
  public static OnnxModel read(Path file) throws IOException {
    checkNotNull(file, "no file was given to read a model from");
    Graph graph;
    try {
      graph = GraphReader.read(file, Operators::has);
    } catch (NoSuchFileException e) {
      throw new OnnxException("there is no file '" + file + "'", e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new OnnxException(
          "'" + file + "' cannot be read as an ONNX model: " + e.getMessage(), e);
    }
    Set<String> statistics = statistics(graph);
    ImmutableMap.Builder<String, Parameter> parameters = ImmutableMap.builder();
    graph
        .constants()
        .forEach(
            (name, constant) -> {
              boolean several = constant.tensor().shape().elements() > 1;
              if (constant.kind() == Kind.FLOAT && several && !statistics.contains(name)) {
                parameters.put(name, Parameter.of(name, constant.tensor()));
              }
            });
    return new OnnxModel(new OnnxGraph(graph), parameters.buildOrThrow());
  }

  /** Returns the names of means and variances, which batch normalisation has learned otherwise. */
  private static Set<String> statistics(Graph graph) {
    return graph.operations().stream()
        .filter(operation -> operation.operator().equals("BatchNormalization"))
        .flatMap(operation -> operation.inputs().stream().skip(3))
        .collect(Collectors.toSet());
  }

  /**
   * Returns the outputs by name, as a part of a model of your own. An exported model knows nothing
   * of masks and of states that are carried on, whatever layers it was made of: where its file has
   * inputs for lengths or states, give them.
   *
   * @param inputs a signal for each input of the model, with sizes that its axes may have
   * @throws IllegalArgumentException for a signal with a mask, and as {@link #nodes} does
   * @throws IllegalStateException where sequences come in parts, with states carried over
   */
  public Map<String, Signal> apply(Map<String, Signal> inputs) {
    requireInputs(inputs);
    Map<String, Node> values = new LinkedHashMap<>();
    inputs.forEach(
        (name, signal) -> {
          checkArgument(
              !signal.isMasked(),
              "an ONNX model does not see the mask of '%s': give it the lengths, if it has an input"
                  + " for them, or say Signal.of(x.values(), x.pass()) where padding does no harm",
              name);
          signal.pass().requireForward("an ONNX model");
          values.put(name, signal.values());
        });
    ForwardPass pass =
        inputs.values().stream().map(Signal::pass).findFirst().orElseGet(ForwardPass::inference);
    ImmutableMap.Builder<String, Signal> outputs = ImmutableMap.builder();
    nodes(values).forEach((name, node) -> outputs.put(name, Signal.of(node, pass)));
    return outputs.buildOrThrow();
  }

  /**
   * Returns the outputs by name, as nodes of whole sequences.
   *
   * @param inputs a node for each input of the model, with sizes that its axes may have
   * @throws IllegalArgumentException where an input is missing, not the model's or of another
   *     shape; and where values decide the form of the graph, and are not constant
   */
  public Map<String, Node> nodes(Map<String, Node> inputs) {
    requireInputs(inputs);
    Map<String, Value> given = new HashMap<>();
    graph.graph().constants().forEach((name, constant) -> given.put(name, Value.of(constant)));
    parameters.forEach((name, parameter) -> given.put(name, Value.parameter(parameter)));
    for (Variable input : graph.graph().inputs()) {
      Node node = inputs.get(input.name());
      check(input, node.shape());
      given.put(input.name(), value(input, node));
    }
    Map<String, Value> values = Translation.of(graph.graph(), given);
    ImmutableMap.Builder<String, Node> outputs = ImmutableMap.builder();
    for (Variable output : graph.graph().outputs()) {
      Value value = values.get(output.name());
      checkArgument(value != null, "no operation gives the output '%s'", output.name());
      outputs.put(output.name(), value.node());
    }
    return outputs.buildOrThrow();
  }

  /** Refuses what is not something for each input. */
  void requireInputs(Map<String, ?> given) {
    checkNotNull(given, "an ONNX model was given null as its inputs");
    Set<String> own = new LinkedHashSet<>();
    graph.graph().inputs().forEach(input -> own.add(input.name()));
    for (String name : own) {
      checkArgument(
          given.containsKey(name),
          "the input '%s' is missing: the model takes %s",
          name,
          graph.inputs());
      checkNotNull(given.get(name), "the input '%s' is null", name);
    }
    for (String name : given.keySet()) {
      checkArgument(
          own.contains(name), "the model has no input '%s': it takes %s", name, graph.inputs());
    }
  }

  private static Value value(Variable input, Node node) {
    return node.op() instanceof Constant
        ? Value.known(node.eval(), input.kind())
        : Value.input(input.name(), node, input.kind());
  }

  private void check(Variable input, Shape shape) {
    List<String> sizes = input.sizes();
    boolean fits = sizes == null || sizes.size() == shape.rank();
    for (int i = 0; fits && sizes != null && i < sizes.size(); i++) {
      boolean number = sizes.get(i).chars().allMatch(Character::isDigit);
      fits = !number || sizes.get(i).equals(Integer.toString(shape.size(i)));
    }
    checkArgument(
        fits, "the input '%s' is %s, and the model takes %s", input.name(), shape, graph.inputs());
  }

  /** Returns what computes the outputs for tensors, with the values of the file. */
  public OnnxPredictor predictor(Precision precision) {
    checkNotNull(precision, "no precision was given to predict in");
    return new OnnxPredictor(this, precision);
  }

  /** Returns what goes in and out. */
  @Override
  public String toString() {
    return "ONNX model of " + graph + " with " + parameters.size() + " parameters";
  }
}
