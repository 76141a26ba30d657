package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;

/** The plan that trains a small graph. */
public final class ElmanTraining {
  private ElmanTraining() {}

  /** Prints its instructions. */
  public static void main(String[] args) {
    var layer = new Recurrent<>(ElmanCell.of(2, 3, new Philox(1)));
    Batch batch = Batch.of(Tensor.zeros(Shape.of(5, 4, 2)));
    // [block
    TrainingStep step =
        TrainingStep.of(
                layer,
                feed -> {
                  Node h = layer.apply(feed.signal("x")).values();
                  return Outcome.loss("loss", LossSum.total(h.square().mean()));
                })
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    System.out.print(step.plan(batch).explain());
    // block]
  }
}
