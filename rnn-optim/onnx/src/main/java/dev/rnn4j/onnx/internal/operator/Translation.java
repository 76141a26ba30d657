package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.onnx.internal.file.Graph;
import dev.rnn4j.onnx.internal.file.Operation;
import dev.rnn4j.onnx.internal.file.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Writes a graph of a file as nodes. */
public final class Translation {
  private final int version;
  private final Map<String, Value> values;

  private Translation(int version, Map<String, Value> given) {
    this.version = version;
    this.values = new HashMap<>(given);
  }

  /**
   * Returns what stands behind each name.
   *
   * @param given the inputs and constants
   * @throws NeededInputException where values of inputs have to be known
   * @throws IllegalArgumentException for what does not fit, or is not known here
   */
  public static Map<String, Value> of(Graph graph, Map<String, Value> given) {
    Translation translation = new Translation(graph.version(), given);
    graph.operations().forEach(translation::write);
    return translation.values;
  }

  private void write(Operation operation) {
    List<Optional<Value>> operands = new ArrayList<>();
    for (String input : operation.inputs()) {
      if (!input.isEmpty() && !values.containsKey(input)) {
        throw new IllegalArgumentException(
            operation + " reads '" + input + "', which no operation before it gives");
      }
      operands.add(Optional.ofNullable(values.get(input)));
    }
    List<Value> results = results(operation, operands);
    for (int i = 0; i < operation.outputs().size(); i++) {
      String output = operation.outputs().get(i);
      if (i >= results.size() && !output.isEmpty()) {
        throw new IllegalArgumentException(
            operation + " gives no '" + output + "', its result " + i + ", here");
      }
      if (!output.isEmpty()) {
        values.put(output, results.get(i));
      }
    }
  }

  private List<Value> results(Operation operation, List<Optional<Value>> operands) {
    try {
      Call call = new Call(operation, version, operands, this::within);
      return Operators.of(operation.operator()).apply(call).stream()
          .map(result -> value(result, operands))
          .toList();
    } catch (NeededInputException e) {
      throw new NeededInputException(operation + ": " + e.reason(), e.inputs());
    } catch (NoSuchElementException e) {
      throw new IllegalArgumentException(operation + ": an attribute that it needs is missing", e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          operation + ": a size is larger than that of any tensor here: " + e.getMessage(), e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(operation + ": " + e.getMessage(), e);
    }
  }

  private static Value value(Result result, List<Optional<Value>> operands) {
    ImmutableSet.Builder<String> inputs = ImmutableSet.builder();
    operands.forEach(operand -> operand.ifPresent(x -> inputs.addAll(x.inputs())));
    boolean known = operands.stream().flatMap(Optional::stream).allMatch(x -> x.known() != null);
    if (result.inputs() != null) { // operands are not all that it depends on
      inputs.addAll(result.inputs());
      known = false;
    }
    if (result.items() != null) {
      return new Value(null, result.kind(), null, inputs.build(), result.items());
    }
    if (known || result.node().op() instanceof Constant) {
      return Value.known(result.node().eval(), result.kind());
    }
    return new Value(result.node(), result.kind(), null, inputs.build());
  }

  /** Writes a graph inside this one, which sees all that has been written so far. */
  private List<Value> within(Graph graph, List<Value> given) {
    Translation inner = new Translation(version, values);
    if (given.size() != graph.inputs().size()) {
      throw new IllegalArgumentException(
          "its body takes " + graph.inputs().size() + " values, and gets " + given.size());
    }
    for (int i = 0; i < given.size(); i++) {
      inner.values.put(graph.inputs().get(i).name(), given.get(i));
    }
    graph.constants().forEach((name, x) -> inner.values.put(name, Value.of(x)));
    graph.operations().forEach(inner::write);
    List<Value> results = new ArrayList<>();
    for (Variable output : graph.outputs()) {
      Value value = inner.values.get(output.name());
      if (value == null) {
        throw new IllegalArgumentException("nothing gives '" + output.name() + "' of its body");
      }
      results.add(value);
    }
    return results;
  }
}
