package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.examples.bench.pytorch.PyTorch;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A task of each cell in this library, beside the same task in another one. */
@Command(name = "peers", description = "each cell, beside libtorch's or PyTorch's")
final class Peers extends TimedBenchmark {
  @Option(
      names = "--cell",
      paramLabel = "CELL",
      converter = PeerCell.Reader.class,
      description = "a cell: all unless given")
  private List<PeerCell> cells = List.of(PeerCell.values());

  @Mixin private ShapeOption shapes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.ThreadCount.class,
      description = "threads of both")
  private int threads = 1;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = LayerTask.Reader.class,
      description = "training (the usual), forward, or step: one, of one sequence")
  private LayerTask task = LayerTask.TRAINING;

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description = "a Python that has PyTorch, which is compared then")
  private String python;

  @Override
  protected void measure() {
    List<Sizes> all = shapes(shapes, Cells.SHAPES);
    List<Sizes> sizes =
        task == LayerTask.STEP ? all.stream().map(Peers::ofStep).distinct().toList() : all;
    try (Peer peer = peer()) {
      peer.start(threads);
      for (PeerCell cell : cells) {
        PeerCheck.check(peer, cell, task);
      }
      print("%s in float32, threads: %d; medians in microseconds, in turns.", title(), threads);
      print("The other: %s. Losses and gradients agree.", peer.name());
      print("");
      print("N,T,I,H         cell                 plan   the other    ratio");
      for (Sizes shape : sizes) {
        for (PeerCell cell : cells) {
          measure(peer, cell, shape);
        }
      }
    }
  }

  private String title() {
    return switch (task) {
      case TRAINING -> "Training steps";
      case FORWARD -> "The outputs of all steps";
      case STEP -> "One step with the states carried on";
    };
  }

  private static Sizes ofStep(Sizes sizes) {
    return new Sizes(1, 1, sizes.i(), sizes.h());
  }

  private Peer peer() {
    if (python != null) {
      return new PyTorch(python);
    }
    return ServiceLoader.load(Peer.class)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "bench peers needs a Python that has PyTorch, bench peers --python python3, or"
                        + " libtorch, which only the profile peers brings:"
                        + " mvn -q -Ppeers compile exec:java -Dexec.args=\"bench peers\""));
  }

  private void measure(Peer peer, PeerCell kind, Sizes sizes) {
    Cell<?> cell = kind.cell(sizes);
    DoubleSupplier plan = OwnRun.of(task, cell, sizes, threads);
    float[] x = CellStep.sequences(sizes);
    try (PeerRun other = peer.run(task, kind, initial(cell), sizes, x)) {
      PeerCheck.requireEqual(kind + " " + sizes, plan.getAsDouble(), other.getAsDouble());
      double[] micros = Turns.medianMicros(timing(), leadMillis(), List.of(plan, other));
      print(
          "%-15s %-15s%10.1f%12.1f%9.2f", sizes, kind, micros[0], micros[1], micros[1] / micros[0]);
      report(
          new Row("peers", kind.toString())
              .sizes(sizes)
              .on("float32", threads)
              .with("task", task)
              .micros(micros[0])
              .against(peer.name(), micros[1])
              .with("bytesPerRun", Allocation.bytesPerRun(plan)));
    }
  }

  /** OpenMP's threads wait at full speed for some milliseconds; one thread has nobody to wait. */
  private int leadMillis() {
    return threads == 1 ? 0 : 20;
  }

  /** Returns the values that a cell's parameters begin with. */
  static Map<String, Tensor> initial(Cell<?> cell) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    Parameters.of(cell).forEach((path, parameter) -> values.put(path, parameter.initial()));
    return values;
  }
}
