package dev.rnn4j.examples.reference;

import dev.rnn4j.onnx.OnnxModel;
import dev.rnn4j.onnx.OnnxPredictor;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model in an ONNX file: the outputs of each run. */
final class OnnxCase implements Kind {
  @Override
  public void run(Fields fields, Path folder, Differences differences) {
    fields.skip("ops");
    OnnxPredictor predictor = read(folder.resolve(fields.text("file")));
    List<?> runs = fields.list("runs");
    for (int i = 0; i < runs.size(); i++) {
      Fields run = new Fields("runs[" + i + "]", runs.get(i));
      Map<String, Tensor> outputs = predictor.predict(tensors(run.object("inputs")));
      Map<String, Tensor> expected = tensors(run.object("outputs"));
      run.requireAllRead();
      for (String name : expected.keySet()) {
        if (!outputs.containsKey(name)) {
          throw new BadCaseException("there is no output " + name + ", only " + outputs.keySet());
        }
        differences.compare("runs[" + i + "]." + name, expected.get(name), outputs.get(name));
      }
    }
  }

  private static OnnxPredictor read(Path file) {
    try {
      return OnnxModel.read(file).predictor(Precision.FLOAT64);
    } catch (IOException e) {
      throw new BadCaseException(e.getMessage());
    }
  }

  private static Map<String, Tensor> tensors(Fields fields) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : fields.keys()) {
      Fields field = fields.object(name);
      field.skip("type");
      double[] sizes = field.vector("shape").toDoubles();
      int[] shape = new int[sizes.length];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = (int) sizes[i];
      }
      tensors.put(name, Tensor.of(Shape.of(shape), field.vector("values").toDoubles()));
    }
    return tensors;
  }
}
