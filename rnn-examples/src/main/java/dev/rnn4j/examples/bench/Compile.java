package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.train.ModelStep;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long it takes to trace, differentiate and compile a training step, and a predictor, once that
 * is warm: on its own, and for a length that a model meets for the first time.
 */
@Command(
    name = "compile",
    description = "tracing, differentiating and compiling: a training step, and a new length")
final class Compile extends TimedBenchmark {
  private static final Loss LOSS = Losses.meanSquaredError();

  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of a batch and its layer")
  private List<Sizes> shapes = List.of(new Sizes(32, 100, 64, 128), new Sizes(32, 1000, 64, 128));

  @Override
  protected void measure() {
    print("An LSTM in float32: trace, gradients, update, plan and arrays.");
    print(
        "Medians of a warm process in milliseconds: of a training step on its own, and of a length");
    print("that a training step meets for the first time, or a predictor.");
    print("");
    print("N,T,I,H              alone   new length     predicts");
    for (Sizes sizes : shapes) {
      Cell<?> lstm = LstmCell.of(sizes.i(), sizes.h(), new Philox(3));
      double alone = Turns.medianMicros(timing(), () -> direct(lstm, sizes))[0];
      ModelStep step = step(lstm, sizes);
      double trained = newLengthMicros(sizes, t -> step.plan(x(sizes, t), y(sizes, t)));
      Predictor predictor = step.predictor();
      double predicted = newLengthMicros(sizes, t -> predictor.prepare(x(sizes, t)));
      print("%-16s%10.1f%13.1f%13.1f", sizes, alone / 1e3, trained / 1e3, predicted / 1e3);
      report("lstm", sizes, alone);
      report("lstm, a new length", sizes, trained);
      report("lstm, a new length to predict", sizes, predicted);
    }
  }

  private void report(String name, Sizes sizes, double micros) {
    report(
        new Row("compile", name)
            .sizes(sizes)
            .on("float32", 1)
            .micros(micros)
            .with("compileMillis", micros / 1e3));
  }

  /** Returns the median time of a step for one length, without that for drawing the weights. */
  static double medianMillis(Timing timing, Supplier<Cell<?>> cell, Sizes sizes) {
    Cell<?> drawn = cell.get();
    return Turns.medianMicros(timing, () -> direct(drawn, sizes))[0] / 1e3;
  }

  private static double direct(Cell<?> cell, Sizes sizes) {
    Recurrent<?> layer = new Recurrent<>(cell);
    Node output = layer.apply(Input.of("x", x(sizes, sizes.t())));
    Node loss = LOSS.of(output, Input.of("y", output.shape())).mean();
    TrainingStep step =
        TrainingStep.minimize(loss, layer)
            .optimizer(Sgd.rate(1e-3))
            .threads(1)
            .compile(Precision.FLOAT32);
    return step.plan().precision().bytes();
  }

  private static ModelStep step(Cell<?> cell, Sizes sizes) {
    return TrainingStep.of(new Recurrent<>(cell), LOSS)
        .optimizer(Sgd.rate(1e-3))
        .threads(1)
        .compile(Precision.FLOAT32, x(sizes, sizes.t()), y(sizes, sizes.t()));
  }

  /** Returns the median time for a length that is new each time, near T. */
  private double newLengthMicros(Sizes sizes, IntConsumer compile) {
    int lengths = timing().leastTurns();
    double[] micros = new double[lengths];
    for (int length = sizes.t() + 2 * lengths; length > sizes.t() + lengths; length--) {
      compile.accept(length); // warms
    }
    for (int i = 0; i < lengths; i++) {
      long start = timing().clock().nanos();
      compile.accept(sizes.t() + lengths - i);
      micros[i] = (timing().clock().nanos() - start) / 1e3;
    }
    return Turns.quantile(0.5, micros);
  }

  private static Shape x(Sizes sizes, int length) {
    return Shape.of(length, sizes.n(), sizes.i());
  }

  private static Shape y(Sizes sizes, int length) {
    return Shape.of(length, sizes.n(), sizes.h());
  }
}
