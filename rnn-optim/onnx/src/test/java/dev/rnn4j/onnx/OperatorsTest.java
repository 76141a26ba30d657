package dev.rnn4j.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of one operator each; {@code operators.py} has written them, by ONNX Runtime. */
class OperatorsTest {
  @TempDir Path folder;

  static List<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (JsonNode json : Cases.all("operators.json")) {
      cases.add(Arguments.of(json.get("name").asText(), json));
    }
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesWhatOnnxRuntimeGives(String name, JsonNode json) throws IOException {
    Path file = folder.resolve(name + ".onnx");
    Files.write(file, json.get("model").binaryValue());
    OnnxModel model = OnnxModel.read(file);
    for (Precision precision : Precision.values()) {
      OnnxPredictor predictor = model.predictor(precision);
      Cases.assertGives(json.get("outputs"), predictor.predict(Cases.tensors(json.get("inputs"))));
    }
  }
}
