package dev.rnn4j.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;

/** Matrix products of many shapes; the fastest is the peak of the run. */
@Command(name = "gemm", description = "matrix products; the fastest is the run's peak")
final class Gemm extends Benchmark {
  @Override
  protected void measure() {
    Set<Product> products = new LinkedHashSet<>(Product.SQUARE);
    Cells.SHAPES.stream()
        .filter(sizes -> sizes.n() > 1)
        .forEach(sizes -> products.addAll(Product.ofLstm(sizes)));
    List<Row> rows = new ArrayList<>();
    print("Products [m, k]·[k, n] in float32 on one thread, the right operand packed.");
    print("Those with T lie transposed in memory; medians in microseconds.");
    print("");
    print("     m      k      n           micros   GFLOP/s");
    for (Product product : products) {
      double micros = product.medianMicros(timing());
      double gflops = product.gflops(micros);
      print(
          "%6d %6d %6d %s%15.2f%10.1f",
          product.m(), product.k(), product.n(), product.transposed() ? "T" : " ", micros, gflops);
      rows.add(
          new Row("gemm", product.m() + "x" + product.k() + "x" + product.n())
              .with("m", product.m())
              .with("k", product.k())
              .with("n", product.n())
              .with("left", product.transposed() ? "transposed" : "plain")
              .on("float32", 1)
              .micros(micros)
              .with("gflops", gflops));
    }
    double peak = rows.stream().mapToDouble(row -> row.number("gflops")).max().orElseThrow();
    rows.forEach(row -> report(row.with("fractionOfPeak", row.number("gflops") / peak)));
    print("peak %.1f GFLOP/s", peak);
  }
}
