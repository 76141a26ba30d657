package dev.rnn4j.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a program is told that gives a model inputs of another width. */
class WidthTest {
  @Test
  void theInputIsNamedAndTheLineThatGaveIt() {
    var random = new Philox(1);
    Layer model =
        Stacked.of(new Recurrent<>(LstmCell.of(3, 8, random)).last(), Dense.of(8, 1, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    Tensor wide = Tensor.zeros(Shape.of(5, 7, 4));
    Tensor y = Tensor.zeros(Shape.of(7, 1));
    for (Executable mistake :
        List.<Executable>of(
            () -> step.run(wide, y), () -> Predictor.of(model, step.weights()).predict(wide))) {
      List<String> lines =
          assertThrows(ShapeException.class, mistake).getMessage().lines().toList();
      assertEquals(
          "  fix      the parameter takes 3 features, and the input x [5, 7, 4] has 4",
          lines.get(1));
      String built = lines.get(3);
      assertTrue(built.startsWith("  built at dev.rnn4j.programs.WidthTest.lambda"), built);
    }
  }
}
