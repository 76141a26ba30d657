package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.bench.pytorch.PyTorch;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a new JVM takes until it has finished its first training steps. */
@Command(name = "start", description = "from the start of a JVM to its first training steps")
final class Start extends Benchmark {
  @Mixin private ShapeOption shapes;

  @Option(
      names = "--updates",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description = "how many steps: 1 unless given")
  private List<Integer> updates = List.of(1);

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description = "a Python that has PyTorch, which is started in turn")
  private String python;

  @Override
  protected void measure() throws IOException {
    print(
        "From starting a JVM, with this one's flags, to the end of an LSTM's first training steps");
    int starts = timing().starts();
    String jvms = starts == 1 ? "of one JVM" : "the median of " + starts + " JVMs";
    print("in float32 on one thread; %s in milliseconds.", jvms);
    if (python != null) {
      print("In turn with it a Python that does the same with PyTorch.");
    }
    print("");
    print("N,T,I,H            updates        ms%s", python == null ? "" : "   PyTorch    ratio");
    for (Sizes sizes : shapes.orElse(List.of(new Sizes(32, 50, 32, 64)))) {
      for (int steps : updates) {
        measure(sizes, steps);
      }
    }
  }

  private void measure(Sizes sizes, int steps) throws IOException {
    double[] millis = new double[timing().starts()];
    double[] others = new double[millis.length];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = millis(sizes, steps);
      others[i] = python == null ? Double.NaN : millisOfPython(sizes, steps);
    }
    double median = Turns.quantile(0.5, millis);
    double other = Turns.quantile(0.5, others);
    String beside = python == null ? "" : text("%10.0f%9.2f", other, other / median);
    print("%-16s%10d%10.0f%s", sizes, steps, median, beside);
    Row row =
        new Row("start", "lstm")
            .sizes(sizes)
            .on("float32", 1)
            .with("updates", steps)
            .with("warm", false)
            .micros(1e3 * median)
            .with("startMillis", median)
            .with("allMillis", DoubleStream.of(millis).boxed().toList());
    report(python == null ? row : row.against("PyTorch", 1e3 * other));
  }

  private double millisOfPython(Sizes sizes, int steps) {
    Map<String, Tensor> parameters = Peers.initial(FirstStep.cell(sizes));
    float[] x = CellStep.sequences(sizes);
    long start = System.nanoTime();
    try (Peer peer = new PyTorch(python)) {
      peer.start(1);
      PeerRun run = peer.run(LayerTask.TRAINING, PeerCell.LSTM, parameters, sizes, x);
      for (int left = steps; left > 0; left--) {
        run.getAsDouble();
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static double millis(Sizes sizes, int steps) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(Arrays.asList(FirstStep.class.getName(), sizes.toString(), "" + steps));
    Path errors = Files.createTempFile("start", ".txt"); // a pipe that nobody reads would fill up
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      int first = process.getInputStream().read();
      double millis = (System.nanoTime() - start) / 1e6;
      if (first != FirstStep.DONE) {
        throw new IllegalStateException(
            "the JVM that was to be timed ended early: " + complaint(errors));
      }
      return millis;
    } finally {
      process.destroy();
      Files.delete(errors);
    }
  }

  /** Returns the first line on the error stream that is no warning. */
  private static String complaint(Path errors) throws IOException {
    String text = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> !line.startsWith("WARNING"))
        .findFirst()
        .orElse("it said nothing");
  }
}
