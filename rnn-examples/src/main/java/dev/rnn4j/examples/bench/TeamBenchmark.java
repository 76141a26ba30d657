package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A training step on several threads, beside one thread and beside runs of a part each. */
@Command(
    name = "threads",
    description = "the training step on several threads, beside independent runs of a part each")
final class TeamBenchmark extends Benchmark {
  @Option(
      names = "--cell",
      paramLabel = "CELL",
      converter = MeasuredCell.Reader.class,
      description = "a cell: elman, gru and lstm unless given")
  private List<MeasuredCell> cells =
      List.of(MeasuredCell.ELMAN, MeasuredCell.GRU, MeasuredCell.LSTM);

  @Mixin private ShapeOption shapes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.ThreadCount.class,
      description = "how many; 2 unless given")
  private int threads = 2;

  @Override
  protected void measure() {
    print("Training steps in float32; medians in microseconds, in turns.");
    print("parts: %d runs of a part of the sequences each, at the same time.", threads);
    print("handover: nanoseconds of a number to another thread and back, before and after.");
    print("");
    print(
        "N,T,I,H         cell            %d threads       parts  ratio  1 thread  ratio  handover",
        threads);
    for (Sizes sizes : shapes(shapes, all())) {
      if (sizes.n() % threads != 0) {
        throw new IllegalArgumentException(
            "N = " + sizes.n() + " sequences cannot be shared by " + threads + " threads evenly");
      }
      cells.forEach(cell -> measure(cell, sizes));
    }
  }

  private static List<Sizes> all() {
    return Cells.SHAPES.stream().filter(s -> s.n() >= 32 && s.t() < 1000).toList();
  }

  private void measure(MeasuredCell cell, Sizes sizes) {
    CellStep together = step(cell, sizes, threads);
    CellStep alone = step(cell, sizes, 1);
    Sizes part = new Sizes(sizes.n() / threads, sizes.t(), sizes.i(), sizes.h());
    List<CellStep> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      parts.add(step(cell, part, 1));
    }
    try (SideBySide sideBySide = new SideBySide(parts)) {
      long before = Handover.nanos();
      double[] micros = Turns.medianMicros(timing(), together, sideBySide, alone);
      long after = Handover.nanos();
      double ratio = micros[1] / micros[0];
      double speedup = micros[2] / micros[0];
      print(
          "%-16s%-16s%10.1f%12.1f%7.2f%10.1f%7.2f  %d, %d",
          sizes, cell, micros[0], micros[1], ratio, micros[2], speedup, before, after);
      report(
          new Row("threads", cell.toString())
              .sizes(sizes)
              .on("float32", threads)
              .micros(micros[0])
              .against(threads + " runs of N / " + threads + " side by side", micros[1])
              .with("oneThreadMicros", micros[2])
              .with("ratioToOneThread", speedup)
              .with("handoverNanos", before)
              .with("handoverNanosAfter", after)
              .with("bytesPerRun", Allocation.bytesPerRun(together)));
    }
  }

  private static CellStep step(MeasuredCell cell, Sizes sizes, int threads) {
    return cell.step(sizes, Precision.FLOAT32, threads);
  }
}
