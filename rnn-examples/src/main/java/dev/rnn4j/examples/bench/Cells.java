package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.bench.fused.FusedStep;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The training step of each cell, beside what a hand fuses for it. */
@Command(name = "cells", description = "the training step of each cell, beside hand-fused ones")
final class Cells extends Benchmark {
  static final List<Sizes> SHAPES =
      List.of(
          new Sizes(1, 7, 3, 4),
          new Sizes(1, 100, 32, 128),
          new Sizes(32, 50, 32, 64),
          new Sizes(32, 100, 64, 128),
          new Sizes(32, 100, 128, 256),
          new Sizes(64, 50, 256, 512),
          new Sizes(32, 1000, 64, 128));

  @Option(names = "--cell", paramLabel = "CELL", description = "${COMPLETION-CANDIDATES}")
  private List<MeasuredCell> cells = List.of(MeasuredCell.values());

  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of a batch and its layer")
  private List<Sizes> shapes = SHAPES;

  @Option(names = "--threads", paramLabel = "N", description = "threads of a plan")
  private int threads = 1;

  @Override
  protected void measure() {
    double peak = Product.peak(timing());
    print("peak %.1f GFLOP/s", peak);
    for (Sizes sizes : shapes) {
      for (MeasuredCell cell : cells) {
        measure(cell, sizes, peak);
      }
    }
  }

  private void measure(MeasuredCell cell, Sizes sizes, double peak) {
    CellStep plan = CellStep.of(cell.cell(sizes), sizes, Precision.FLOAT32, threads);
    Optional<FusedStep> fused = cell.fused(sizes);
    List<DoubleSupplier> ways = new ArrayList<>();
    ways.add(plan);
    fused.ifPresent(ways::add);
    double[] micros = Turns.medianMicros(timing(), ways);
    double flops = sizes.flops(cell.gates());
    Row row =
        new Row("cells", cell.toString())
            .sizes(sizes)
            .on("float32", threads)
            .micros(micros[0])
            .speed(flops, peak)
            .with("bytesPerRun", Allocation.bytesPerRun(plan))
            .with("planBytes", plan.step().session().bytes());
    fused.ifPresent(step -> row.against("hand-fused", micros[1]));
    report(row);
    print(
        "%-12s %-16s %10.1f us %6.1f GF %5.2f   fused %10.1f us %5.2f of peak ratio %.2f bytes %.0f",
        sizes,
        cell,
        micros[0],
        row.number("gflops"),
        row.number("fractionOfPeak"),
        fused.isPresent() ? micros[1] : Double.NaN,
        fused.isPresent() ? flops / micros[1] / 1e3 / peak : Double.NaN,
        fused.isPresent() ? micros[1] / micros[0] : Double.NaN,
        row.number("bytesPerRun"));
  }
}
