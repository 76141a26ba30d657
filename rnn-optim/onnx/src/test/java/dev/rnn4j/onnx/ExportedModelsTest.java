package dev.rnn4j.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.tensor.Precision;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of both exporters of PyTorch 2.13, with outputs that ONNX Runtime 1.30 computed. */
class ExportedModelsTest {
  static List<JsonNode> models() throws IOException {
    return Cases.all("index.json");
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesWhatOnnxRuntimeGives(JsonNode json) throws IOException {
    OnnxModel model = OnnxModel.read(Cases.resource(json.get("file").asText()));
    for (Precision precision : Precision.values()) {
      OnnxPredictor predictor = model.predictor(precision);
      for (JsonNode run : json.get("runs")) {
        Cases.assertGives(run.get("outputs"), predictor.predict(Cases.tensors(run.get("inputs"))));
      }
    }
  }
}
