package dev.rnn4j.examples.snippets;

import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.util.Locale;

/** Trains the cell of the README to add up what it sees. */
public final class CustomCell {
  private CustomCell() {}

  /** Prints the loss from time to time. */
  public static void main(String[] args) {
    Philox random = new Philox(1);
    Shape shape = Shape.of(10, 32, 1);
    Tensor x =
        Tensor.of(shape, random.doubles(shape.elements()).map(u -> u < 0.5 ? 0 : 1).toArray());
    double[] sums = new double[32];
    for (int i = 0; i < shape.elements(); i++) {
      sums[i % 32] += x.at(i) / 10;
    }
    Tensor y = Tensor.of(Shape.of(32, 1), sums);
    // [block
    var cell = new MguCell(Gate.of(1, 8, random), Gate.of(1, 8, random));
    Layer model = Stacked.of(new Recurrent<>(cell).last(), Dense.of(8, 1, random));

    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.05).momentum(0.9).rate("layers.0.cell.forget", 0.02))
            .compile(Precision.FLOAT32);

    for (int update = 0; update <= 400; update++) {
      double loss = step.run(x, y);
      if (update % 100 == 0) {
        System.out.printf(Locale.ROOT, "%3d  %.6f%n", update, loss);
      }
    }
    // block]
  }
}
