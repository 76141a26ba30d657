package dev.rnn4j.examples.snippets;

import dev.rnn4j.layer.Dense;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.onnx.OnnxModel;
import dev.rnn4j.onnx.OnnxPredictor;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Asks a model that PyTorch exported, and trains it on as part of another one. */
public final class FromOnnx {
  private FromOnnx() {}

  // [block
  /** What PyTorch's model reads, below a layer of our own. */
  public record Tuned(OnnxModel reader, Dense head) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return head.apply(reader.apply(Map.of("x", x)).get("y")); // of [T, N, 3]
    }
  }

  // block]

  /** Does both. */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("forecaster", ".onnx");
    try (InputStream in = FromOnnx.class.getResourceAsStream("forecaster.onnx")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      ask(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void ask(Path file) throws IOException {
    // [block
    OnnxModel model = OnnxModel.read(file);
    System.out.println(model);
    OnnxPredictor predictor = model.predictor(Precision.FLOAT32);
    Map<String, Tensor> outputs = predictor.predict(Map.of("x", Tensor.zeros(Shape.of(24, 1, 2))));
    System.out.println(outputs.get("y").shape());
    // block]
    train(model, new Philox(1));
  }

  private static void train(OnnxModel model, Philox random) {
    Tensor x = Tensor.full(Shape.of(24, 8, 2), 0.5);
    Tensor y = Tensor.full(Shape.of(24, 8, 1), 0.25);
    // [block
    TrainingStep step =
        TrainingStep.of(new Tuned(model, Dense.of(3, 1, random)), Losses.meanSquaredError())
            .optimizer(Adam.rate(1e-3))
            .freeze("reader.**") // leave this out, and all of it is trained
            .compile(Precision.FLOAT32);
    double before = step.run(x, y);
    for (int i = 0; i < 200; i++) {
      step.run(x, y);
    }
    System.out.println(step.run(x, y) < before / 10);
    // block]
  }
}
