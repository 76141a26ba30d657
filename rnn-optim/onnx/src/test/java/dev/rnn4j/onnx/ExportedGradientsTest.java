package dev.rnn4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of models of float64 with respect to inputs and parameters, as PyTorch 2.13 computed
 * them for the models that it then exported.
 */
class ExportedGradientsTest {
  private static final double TOLERANCE = 1e-6;

  static List<JsonNode> models() throws IOException {
    return Cases.all("gradients.json");
  }

  @ParameterizedTest
  @MethodSource("models")
  void areThoseOfPyTorch(JsonNode json) throws IOException {
    OnnxModel model = OnnxModel.read(Cases.resource(json.get("file").asText()));
    Map<String, Tensor> expected = Cases.tensors(json.get("inputGradients"));
    expected.putAll(Cases.tensors(json.get("parameterGradients")));
    Map<String, Node> leaves = new HashMap<>(model.parameters());
    Map<String, Node> inputs = new HashMap<>();
    Cases.tensors(json.get("inputs"))
        .forEach(
            (name, value) -> {
              boolean asked = json.get("inputGradients").has(name);
              Node leaf = asked ? Parameter.of("input." + name, value) : Node.constant(value);
              inputs.put(name, leaf);
              leaves.put(name, leaf);
            });
    Map<String, Node> outputs = model.nodes(inputs);
    List<Node> losses = new ArrayList<>();
    Cases.tensors(json.get("seeds"))
        .forEach((name, seed) -> losses.add(outputs.get(name).times(Node.constant(seed)).sum()));
    expected.keySet().retainAll(leaves.keySet()); // others are written in another form
    assertTrue(expected.size() >= 1, "nothing to compare: " + leaves.keySet());
    List<String> names = List.copyOf(expected.keySet());
    List<Node> gradients = Gradients.of(Node.sum(losses), names.stream().map(leaves::get).toList());
    Session session = Plan.of(gradients).compile(Precision.FLOAT64).session();
    session.run();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      assertClose(name, expected.get(name), session.get(gradients.get(i)));
    }
  }

  private static void assertClose(String name, Tensor expected, Tensor gradient) {
    assertEquals(expected.shape(), gradient.shape(), name);
    for (int i = 0; i < expected.shape().elements(); i++) {
      double most = TOLERANCE * Math.max(1, Math.abs(expected.at(i)));
      assertEquals(expected.at(i), gradient.at(i), most, name + " at " + i);
    }
  }
}
