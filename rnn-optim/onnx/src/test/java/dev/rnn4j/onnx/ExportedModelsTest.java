package dev.rnn4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of both exporters of PyTorch 2.13, with outputs that ONNX Runtime 1.30 computed. */
class ExportedModelsTest {
  private static final double TOLERANCE = 1e-5;

  static Path resource(String name) {
    return Path.of("src/test/resources/dev/rnn4j/onnx", name);
  }

  static List<JsonNode> models() throws IOException {
    List<JsonNode> models = new ArrayList<>();
    new ObjectMapper().readTree(resource("index.json").toFile()).forEach(models::add);
    return models;
  }

  private static Map<String, Tensor> tensors(JsonNode named) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    named.fields().forEachRemaining(entry -> tensors.put(entry.getKey(), tensor(entry.getValue())));
    return tensors;
  }

  private static Tensor tensor(JsonNode json) {
    int[] sizes = new int[json.get("shape").size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = json.get("shape").get(i).asInt();
    }
    double[] values = new double[json.get("values").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = json.get("values").get(i).asDouble();
    }
    return Tensor.of(Shape.of(sizes), values);
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesWhatOnnxRuntimeGives(JsonNode json) throws IOException {
    OnnxModel model = OnnxModel.read(resource(json.get("file").asText()));
    for (Precision precision : Precision.values()) {
      OnnxPredictor predictor = model.predictor(precision);
      for (JsonNode run : json.get("runs")) {
        Map<String, Tensor> outputs = predictor.predict(tensors(run.get("inputs")));
        Map<String, Tensor> expected = tensors(run.get("outputs"));
        assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(outputs.keySet()));
        expected.forEach((name, tensor) -> assertClose(json + name, tensor, outputs.get(name)));
      }
    }
  }

  private static void assertClose(String what, Tensor expected, Tensor tensor) {
    assertEquals(expected.shape(), tensor.shape(), what);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.shape().elements(); i++) {
      largest = Math.max(largest, Math.abs(expected.at(i)));
      difference = Math.max(difference, Math.abs(expected.at(i) - tensor.at(i)));
    }
    assertTrue(difference <= TOLERANCE * largest, what + " differs by " + difference / largest);
  }
}
