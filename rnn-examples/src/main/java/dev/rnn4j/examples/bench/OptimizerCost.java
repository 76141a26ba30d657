package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.AdamW;
import dev.rnn4j.optimizer.Lion;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a training step costs with each optimizer, beside plain gradient descent. */
@Command(
    name = "optimizers",
    description = "the training step of an LSTM with each optimizer, beside plain SGD")
final class OptimizerCost extends TimedBenchmark {
  @Mixin private ShapeOption shapes;

  private static Map<String, Optimizer> optimizers() {
    Map<String, Optimizer> optimizers = new LinkedHashMap<>();
    optimizers.put("sgd", Sgd.rate(CellStep.RATE));
    optimizers.put("momentum", Sgd.rate(CellStep.RATE).momentum(0.9));
    optimizers.put("adam", Adam.rate(CellStep.RATE));
    optimizers.put("adamw", AdamW.rate(CellStep.RATE));
    optimizers.put("lion", Lion.rate(CellStep.RATE));
    return optimizers;
  }

  @Override
  protected void measure() {
    print("Training steps of an LSTM in float32 on one thread; medians in microseconds, in turns.");
    print("ratio: to plain SGD.");
    print("");
    print("N,T,I,H         optimizer        step    ratio");
    List<Sizes> all = List.of(new Sizes(1, 7, 3, 4), new Sizes(32, 100, 64, 128));
    shapes(shapes, all).forEach(this::measure);
  }

  private void measure(Sizes sizes) {
    Map<String, Optimizer> optimizers = optimizers();
    List<? extends DoubleSupplier> steps =
        optimizers.values().stream()
            .map(
                optimizer -> {
                  LstmCell cell = LstmCell.of(sizes.i(), sizes.h(), new Philox(3));
                  return CellStep.of(cell, sizes, Precision.FLOAT32, optimizer);
                })
            .toList();
    double[] micros = Turns.medianMicros(timing(), 0, steps);
    int i = 0;
    for (String name : optimizers.keySet()) {
      double ratio = micros[i] / micros[0];
      print("%-16s%-10s%11.2f%9.3f", sizes, name, micros[i], ratio);
      report(
          new Row("optimizers", name)
              .sizes(sizes)
              .on("float32", 1)
              .micros(micros[i++])
              .with("timesSgd", ratio));
    }
  }
}
