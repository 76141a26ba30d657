package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The training step of each cell, beside the same one of another library. */
@Command(name = "peers", description = "the training step of each cell, beside libtorch's")
final class Peers extends TimedBenchmark {
  @Option(
      names = "--cell",
      paramLabel = "CELL",
      converter = PeerCell.Reader.class,
      description = "a cell: all unless given")
  private List<PeerCell> cells = List.of(PeerCell.values());

  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of a batch and its layer")
  private List<Sizes> shapes = List.of();

  @Option(names = "--threads", paramLabel = "N", description = "threads of both")
  private int threads = 1;

  @Override
  protected void measure() {
    Peer peer = peer();
    peer.start(threads);
    for (PeerCell cell : cells) {
      PeerCheck.check(peer, cell);
    }
    print("Training steps in float32, threads: %d; medians in microseconds, in turns.", threads);
    print("The other: %s. Losses and gradients agree.", peer.name());
    print("");
    print("N,T,I,H         cell                 plan   the other    ratio");
    for (Sizes sizes : shapes(shapes, Cells.SHAPES)) {
      for (PeerCell cell : cells) {
        measure(peer, cell, sizes);
      }
    }
  }

  private static Peer peer() {
    return ServiceLoader.load(Peer.class)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "bench peers needs libtorch, which only the profile peers brings:"
                        + " mvn -q -Ppeers compile exec:java -Dexec.args=\"bench peers\""));
  }

  private void measure(Peer peer, PeerCell kind, Sizes sizes) {
    Cell<?> cell = kind.cell(sizes);
    CellStep plan = CellStep.of(cell, sizes, Precision.FLOAT32, threads);
    float[] x = CellStep.sequences(sizes);
    try (PeerStep other = peer.step(kind, initial(cell), sizes, x)) {
      PeerCheck.requireEqual(kind + " " + sizes, plan.getAsDouble(), other.getAsDouble());
      double[] micros = Turns.medianMicros(timing(), restMillis(), List.of(plan, other));
      print(
          "%-15s %-15s%10.1f%12.1f%9.2f", sizes, kind, micros[0], micros[1], micros[1] / micros[0]);
      report(
          new Row("peers", kind.toString())
              .sizes(sizes)
              .on("float32", threads)
              .micros(micros[0])
              .against(peer.name(), micros[1])
              .with("bytesPerRun", Allocation.bytesPerRun(plan))
              .with("planBytes", plan.step().plan(plan.batch()).session().bytes()));
    }
  }

  /** OpenMP's threads wait at full speed for some milliseconds, and one thread has none. */
  private int restMillis() {
    return threads == 1 ? 0 : 20;
  }

  /** Returns the values that a cell's parameters begin with. */
  static Map<String, Tensor> initial(Cell<?> cell) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    Parameters.of(cell).forEach((path, parameter) -> values.put(path, parameter.initial()));
    return values;
  }
}
