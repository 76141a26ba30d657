package dev.rnn4j.examples.snippets;

import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.util.Locale;
import java.util.Map;

/** Looks at a cell, checks it, and carries its state on. */
public final class WriteACell {
  private WriteACell() {}

  /** Prints what the page shows. */
  public static void main(String[] args) {
    look();
    check();
    carry();
  }

  private static void look() {
    // [block
    var cell = LstmEquations.of(2, 3, new Philox(1));
    Parameters.of(cell).forEach((path, parameter) -> System.out.println(path + " " + parameter));

    Input x = Input.of("x", 1, 2);
    Node h = cell.step(x, cell.initialState(1)).output();
    System.out.println(h.eval(Map.of(x, Tensor.of(new double[][] {{0.5, -1}}))));
    // block]
  }

  private static void check() {
    // [block
    var cell = LstmEquations.of(2, 3, new Philox(1));
    Node outputs = new Recurrent<>(cell).apply(Input.of("x", 4, 5, 2));
    GradientCheck.of(outputs).check();
    GradientCheck.of(outputs).secondOrder();
    // block]
  }

  private static void carry() {
    // [block
    var layer = new Recurrent<>(LstmEquations.of(2, 3, new Philox(1)));
    TrainingStep step =
        TrainingStep.of(layer, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .carryStates()
            .compile(Precision.FLOAT32);
    Batch window = Batch.of(Tensor.full(Shape.of(4, 5, 2), 0.5), Tensor.zeros(Shape.of(4, 5, 3)));
    System.out.printf(Locale.ROOT, "%.6f%n", step.run(window));
    System.out.printf(Locale.ROOT, "%.6f%n", step.run(window));
    // block]
  }
}
