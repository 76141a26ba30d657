package dev.rnn4j.examples.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a new JVM takes until it has finished its first training step. */
@Command(name = "start", description = "from the start of a JVM to its first training step")
final class Start extends Benchmark {
  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of a batch and its layer")
  private List<Sizes> shapes = List.of(new Sizes(32, 50, 32, 64));

  @Override
  protected void measure() throws IOException {
    print(
        "From starting a JVM, with this one's flags, to the end of an LSTM's first training step");
    print("in float32 on one thread; the median of %d JVMs in milliseconds.", timing().starts());
    print("");
    print("N,T,I,H                 ms");
    for (Sizes sizes : shapes) {
      double[] millis = new double[timing().starts()];
      for (int i = 0; i < millis.length; i++) {
        millis[i] = millis(sizes);
      }
      double median = Turns.quantile(0.5, millis);
      print("%-16s%10.0f", sizes, median);
      report(
          new Row("start", "lstm")
              .sizes(sizes)
              .on("float32", 1)
              .micros(1e3 * median)
              .with("startMillis", median)
              .with("allMillis", DoubleStream.of(millis).boxed().toList()));
    }
  }

  private static double millis(Sizes sizes) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(Arrays.asList(FirstStep.class.getName(), sizes.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = builder.start();
    int first = process.getInputStream().read();
    double millis = (System.nanoTime() - start) / 1e6;
    process.destroy();
    if (first != FirstStep.DONE) {
      throw new IllegalStateException(
          "the JVM that was to be timed ended early; run bench start from the jar");
    }
    return millis;
  }
}
