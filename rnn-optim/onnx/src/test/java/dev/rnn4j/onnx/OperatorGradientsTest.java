package dev.rnn4j.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients of all operators of floating-point numbers, by differences. */
class OperatorGradientsTest {
  private static final Set<String> CHECKED = new TreeSet<>();

  @TempDir Path folder;

  static List<Arguments> cases() throws IOException {
    return OperatorsTest.cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void areThoseOfDifferences(String name, JsonNode json) throws IOException {
    Path file = folder.resolve(name + ".onnx");
    Files.write(file, json.get("model").binaryValue());
    OnnxModel model = OnnxModel.read(file);
    Map<String, Tensor> values = Cases.tensors(json.get("inputs"));
    boolean finite = finite(values) && finite(Cases.tensors(json.get("outputs")));
    if (!finite) {
      return; // no differences are there to compare with
    }
    Map<String, Node> inputs = new HashMap<>();
    for (OnnxVariable input : model.graph().inputs()) {
      Tensor value = values.get(input.name());
      inputs.put(
          input.name(),
          input.kind().equals("float") ? Parameter.of(input.name(), value) : Node.constant(value));
    }
    Map<String, Node> outputs = model.nodes(inputs);
    List<Node> losses = new ArrayList<>();
    for (OnnxVariable output : model.graph().outputs()) {
      if (output.kind().equals("float")) {
        losses.add(weighted(outputs.get(output.name())));
      }
    }
    if (losses.isEmpty()) {
      return; // places and truths
    }
    GradientCheck check = GradientCheck.of(Node.sum(losses)).seed(5);
    if (check.hasGradients()) {
      check.check();
      CHECKED.add(name);
    }
  }

  private static boolean finite(Map<String, Tensor> tensors) {
    return tensors.values().stream()
        .allMatch(tensor -> Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite));
  }

  /** A loss that tells the elements apart. */
  private static Node weighted(Node output) {
    double[] weights = new double[output.shape().elements()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.cos(3 * i + 1);
    }
    return output.times(Node.constant(Tensor.of(output.shape(), weights))).sum();
  }

  @AfterAll
  static void mostOperatorsHaveOne() {
    assertTrue(CHECKED.size() > 200, CHECKED.size() + " have a gradient: " + CHECKED);
  }
}
