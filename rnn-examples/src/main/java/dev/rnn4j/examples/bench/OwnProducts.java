package dev.rnn4j.examples.bench;

import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An LSTM's training step beside its products alone: what a step without anything else takes. */
@Command(
    name = "products",
    description = "an LSTM's training step beside its matrix products alone")
final class OwnProducts extends TimedBenchmark {
  private static final List<Sizes> SHAPES =
      List.of(
          new Sizes(32, 50, 32, 64),
          new Sizes(32, 100, 64, 128),
          new Sizes(32, 100, 128, 256),
          new Sizes(64, 50, 256, 512));

  @Mixin private ShapeOption shapes;

  @Override
  protected void measure() {
    print("An LSTM's training step in float32 on one thread, in turns with its matrix products");
    print("alone, each of its own shape: of inputs, of states, of the states' gradients, and of");
    print("the weights'. Medians in microseconds; GFLOP/s of the products by themselves.");
    print("");
    print(
        "N,T,I,H               step   inputs   states  gradients  weights  products"
            + "  of step  GFLOP/s");
    for (Sizes sizes : shapes(shapes, SHAPES)) {
      measure(sizes);
    }
  }

  private void measure(Sizes sizes) {
    LstmProducts products = new LstmProducts(sizes);
    List<DoubleSupplier> ways = new ArrayList<>(products.groups());
    ways.add(CellStep.of(PeerCell.LSTM.cell(sizes), sizes, Precision.FLOAT32, 1));
    double[] micros = Turns.medianMicros(timing(), ways);
    double step = micros[micros.length - 1];
    double alone = Arrays.stream(micros).sum() - step;
    print(
        "%-16s%10.0f%9.0f%9.0f%11.0f%9.0f%10.0f%9.2f%9.1f",
        sizes,
        step,
        micros[0],
        micros[1],
        micros[2],
        micros[3],
        alone,
        alone / step,
        sizes.flops(LstmProducts.GATES) / alone / 1e3);
    report(
        new Row("products", "lstm")
            .sizes(sizes)
            .on("float32", 1)
            .micros(step)
            .with("productMicros", alone)
            .with("productsOfStep", alone / step));
  }
}
