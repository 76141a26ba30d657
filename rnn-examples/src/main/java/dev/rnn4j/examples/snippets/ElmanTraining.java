package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.TrainingStep;

/** The plan that trains a small graph. */
public final class ElmanTraining {
  private ElmanTraining() {}

  /** Prints its instructions. */
  public static void main(String[] args) {
    var layer = new Recurrent<>(ElmanCell.of(2, 3, new Philox(1)));
    Node h = layer.apply(Input.of("x", 5, 4, 2));
    // [block
    TrainingStep step =
        TrainingStep.minimize(h.square().mean(), layer)
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    System.out.print(step.plan().explain());
    // block]
  }
}
