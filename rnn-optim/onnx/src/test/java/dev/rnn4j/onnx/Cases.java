package dev.rnn4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases in files, with outputs that ONNX Runtime computed. */
final class Cases {
  private static final double TOLERANCE = 1e-5;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private Cases() {}

  static Path resource(String name) {
    return Path.of("src/test/resources/dev/rnn4j/onnx", name);
  }

  static List<JsonNode> all(String file) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    JSON.readTree(resource(file).toFile()).forEach(cases::add);
    return cases;
  }

  static Map<String, Tensor> tensors(JsonNode named) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    named.properties().forEach(entry -> tensors.put(entry.getKey(), tensor(entry.getValue())));
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

  /** Compares outputs to 1e-5 of the largest value of a tensor. */
  static void assertGives(JsonNode expected, Map<String, Tensor> outputs) {
    Map<String, Tensor> tensors = tensors(expected);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(outputs.keySet()));
    tensors.forEach(
        (name, tensor) -> {
          Tensor output = outputs.get(name);
          assertEquals(tensor.shape(), output.shape(), name);
          double largest = 0;
          double difference = 0;
          for (int i = 0; i < tensor.shape().elements(); i++) {
            if (Double.isNaN(tensor.at(i)) || Double.isInfinite(tensor.at(i))) {
              assertEquals(tensor.at(i), output.at(i), name);
              continue;
            }
            largest = Math.max(largest, Math.abs(tensor.at(i)));
            difference = Math.max(difference, Math.abs(tensor.at(i) - output.at(i)));
          }
          assertTrue(
              difference <= TOLERANCE * largest,
              name + " is " + output + " where ONNX Runtime gives " + tensor);
        });
  }
}
