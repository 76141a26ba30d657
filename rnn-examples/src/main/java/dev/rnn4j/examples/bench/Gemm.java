package dev.rnn4j.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Matrix products of many shapes; the fastest is the peak of the run. */
@Command(name = "gemm", description = "matrix products; the fastest is the run's peak")
final class Gemm extends TimedBenchmark {
  /** The operations of a product that takes a moment with cold kernels too. */
  private static final double A_MOMENT = 3e8;

  @Option(
      names = "--product",
      paramLabel = "MxKxN",
      converter = Product.Reader.class,
      description = "a product's sizes; with T behind them where the left operand lies transposed")
  private List<Product> products = List.of();

  @Override
  protected void measure() {
    List<Row> rows = new ArrayList<>();
    print("Products [m, k]·[k, n] in float32 on one thread, the right operand packed; T: the left");
    print("one lies transposed in memory. Medians in microseconds.");
    print("");
    print("product               micros   GFLOP/s");
    for (Product product : products.isEmpty() ? unlessAsked(all(), few()) : products) {
      double micros = product.medianMicros(timing());
      double gflops = product.gflops(micros);
      print("%-16s%12.2f%10.1f", product, micros, gflops);
      rows.add(
          new Row("gemm", product.toString())
              .with("m", product.m())
              .with("k", product.k())
              .with("n", product.n())
              .on("float32", 1)
              .micros(micros)
              .with("gflops", gflops));
    }
    double peak = rows.stream().mapToDouble(row -> row.number("gflops")).max().orElseThrow();
    rows.forEach(row -> report(row.with("fractionOfPeak", row.number("gflops") / peak)));
    print("");
    print("The peak of this run is %.1f GFLOP/s.", peak);
  }

  private static List<Product> few() {
    return all().stream().filter(product -> product.flops() < A_MOMENT).toList();
  }

  /** Returns the square ones, and those of the cells' training steps. */
  private static List<Product> all() {
    Set<Product> all = new LinkedHashSet<>(Product.SQUARE);
    Cells.SHAPES.stream()
        .filter(sizes -> sizes.n() > 1)
        .forEach(sizes -> all.addAll(Product.ofLstm(sizes)));
    return List.copyOf(all);
  }
}
