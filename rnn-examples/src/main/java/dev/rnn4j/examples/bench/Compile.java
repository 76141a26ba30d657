package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long it takes to trace, differentiate and compile a training step, once that is warm. */
@Command(name = "compile", description = "tracing, differentiating and compiling a training step")
final class Compile extends TimedBenchmark {
  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of a batch and its layer")
  private List<Sizes> shapes = List.of(new Sizes(32, 100, 64, 128), new Sizes(32, 1000, 64, 128));

  @Override
  protected void measure() {
    print("An LSTM's training step in float32: trace, gradients, update and plan.");
    print("Medians of a warm process in milliseconds.");
    print("");
    print("N,T,I,H                 ms");
    for (Sizes sizes : shapes) {
      double millis =
          medianMillis(timing(), () -> LstmCell.of(sizes.i(), sizes.h(), new Philox(3)), sizes);
      print("%-16s%10.1f", sizes, millis);
      report(
          new Row("compile", "lstm")
              .sizes(sizes)
              .on("float32", 1)
              .micros(1e3 * millis)
              .with("compileMillis", millis));
    }
  }

  /** Returns the median time, without that for drawing the weights. */
  static double medianMillis(Timing timing, Supplier<Cell<?>> cell, Sizes sizes) {
    Cell<?> drawn = cell.get();
    return Turns.medianMicros(timing, () -> compiled(drawn, sizes))[0] / 1e3;
  }

  private static double compiled(Cell<?> cell, Sizes sizes) {
    Recurrent<?> layer = new Recurrent<>(cell);
    Node loss = layer.apply(Input.of("x", sizes.t(), sizes.n(), sizes.i())).square().mean();
    List<Parameter> parameters = List.copyOf(Parameters.of(layer).values());
    List<Node> gradients = Gradients.of(loss, parameters);
    Input rate = Input.of("rate");
    List<Node> outputs = new ArrayList<>(gradients);
    outputs.add(loss);
    Plan.Builder plan = Plan.of(outputs);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      plan.update(parameter, parameter.minus(gradients.get(i).times(rate)));
    }
    return plan.compile(Precision.FLOAT32).precision().bytes();
  }
}
