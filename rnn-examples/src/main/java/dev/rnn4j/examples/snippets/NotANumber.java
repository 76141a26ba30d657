package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;

/** A network with a NaN in it, and how to find where it begins. */
public final class NotANumber {
  private NotANumber() {}

  /** Prints the loss, or with {@code -Drnn.checks=nan} where it stops being a number. */
  public static void main(String[] args) {
    prevent();
    try {
      find();
    } catch (ArithmeticException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void find() {
    // [block
    Input x = Input.of("x", 6, 1, 1);
    Node outputs = new Recurrent<>(ElmanCell.of(1, 2, new Philox(1))).apply(x);
    Node loss = outputs.minus(1).log().mean();
    Plan plan = Plan.of(loss).compile(Precision.FLOAT32);
    System.out.println(plan.session().run().value(loss));
    // block]
  }

  private static void prevent() {
    var model = new Recurrent<>(ElmanCell.of(1, 1, new Philox(1)));
    Shape shape = Shape.of(2, 1, 1);
    // [block
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.01))
            .clip(Clip.byGlobalNorm(1))
            .schedule(Schedule.constant().warmup(100))
            .compile(Precision.FLOAT32);
    // block]
    System.out.println("first learning rate " + step.rate());
    Batch batch = Batch.of(Tensor.zeros(shape), Tensor.zeros(shape));
    // [block
    double loss = step.compute(batch);
    if (Double.isFinite(loss) && Double.isFinite(step.gradientNorm())) {
      step.update();
    } else {
      System.out.println("no update from a loss of " + loss);
    }
    // block]
  }
}
