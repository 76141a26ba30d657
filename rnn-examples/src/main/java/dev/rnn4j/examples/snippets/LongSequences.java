package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;

/** What a training step of a long sequence takes under a memory budget. */
public final class LongSequences {
  private LongSequences() {}

  /** Prints it. */
  public static void main(String[] args) {
    var random = new Philox(1);
    Layer model = Stacked.of(new Recurrent<>(LstmCell.of(3, 16, random)), Dense.of(16, 1, random));
    Batch batch =
        Batch.of(Tensor.zeros(Shape.of(10_000, 4, 3)))
            .target("y", Tensor.zeros(Shape.of(10_000, 4, 1)), Axes.TIME_BATCH);
    // [block
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Adam.rate(1e-3))
            .memoryBudget("1MB")
            .compile(Precision.FLOAT32);
    System.out.println(step.memory(batch));
    // block]
  }
}
