package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * How long it takes to trace, differentiate and compile a training step, once that is warm: of a
 * new step, and of a step for a length that it has not met.
 */
@Command(
    name = "compile",
    description = "tracing, differentiating and compiling a training step, and for another length")
final class Compile extends TimedBenchmark {
  @Mixin private ShapeOption shapes;

  @Override
  protected void measure() {
    print("An LSTM's training step in float32: trace, gradients, update, plan and arrays.");
    print("Medians of a warm process in milliseconds: of a new step, and of one that is there");
    print("for a length that it has not met.");
    print("");
    print("N,T,I,H                step       length");
    List<Sizes> all = List.of(new Sizes(32, 100, 64, 128), new Sizes(32, 1000, 64, 128));
    for (Sizes sizes : shapes.orElse(unlessAsked(all, all.subList(0, 1)))) {
      Cell<?> lstm = LstmCell.of(sizes.i(), sizes.h(), new Philox(3));
      double whole = Turns.medianMicros(timing(), () -> compile(lstm, sizes))[0];
      double length = lengthMicros(timing(), lstm, sizes);
      print("%-16s%11.1f%13.1f", sizes, whole / 1e3, length / 1e3);
      report("lstm", sizes, whole, "compileMillis");
      report("lstm, another length", sizes, length, "compileMillis");
    }
  }

  private void report(String name, Sizes sizes, double micros, String millis) {
    report(
        new Row("compile", name)
            .sizes(sizes)
            .on("float32", 1)
            .micros(micros)
            .with(millis, micros / 1e3));
  }

  /** Returns the median time of a step, without that for drawing the weights. */
  static double medianMillis(Timing timing, Supplier<Cell<?>> cell, Sizes sizes) {
    Cell<?> drawn = cell.get();
    return Turns.medianMicros(timing, () -> compile(drawn, sizes))[0] / 1e3;
  }

  static double compile(Cell<?> cell, Sizes sizes) {
    return step(cell).plan(batch(sizes, sizes.t())).precision().bytes();
  }

  private static TrainingStep step(Cell<?> cell) {
    return CellStep.compile(cell, Precision.FLOAT32, 1, Sgd.rate(1e-3));
  }

  /** Returns the median time for a length that is new each time, near T. */
  private static double lengthMicros(Timing timing, Cell<?> cell, Sizes sizes) {
    int lengths = timing.leastTurns();
    TrainingStep step = step(cell);
    double[] micros = new double[lengths];
    for (int length = sizes.t() + 2 * lengths; length > sizes.t() + lengths; length--) {
      step.warm(batch(sizes, length)); // warms the JVM
    }
    for (int i = 0; i < lengths; i++) {
      Batch batch = batch(sizes, sizes.t() + lengths - i);
      long start = timing.clock().nanos();
      step.warm(batch);
      micros[i] = (timing.clock().nanos() - start) / 1e3;
    }
    return Turns.quantile(0.5, micros);
  }

  private static Batch batch(Sizes sizes, int length) {
    return Batch.of(Tensor.zeros(Shape.of(length, sizes.n(), sizes.i())));
  }
}
