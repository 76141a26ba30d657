package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link KernelProbe} in JVMs of its own, started with and without the Vector API. */
class KernelsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String WARM = "60";
  private static final String COLD = "1";

  /**
   * More than there are processors: while vector code becomes warm, a JVM rests half of the time.
   */
  private static final int AT_ONCE = 4;

  @TempDir Path folder;

  private record Run(String out, String err) {
    String checksum() {
      return out.lines().filter(line -> line.startsWith("checksum")).collect(Collectors.joining());
    }
  }

  @Test
  void oneChoiceIsMadeForGood() {
    assertSame(Kernels.float32(), Kernels.float32());
    assertSame(Kernels.float64(), Kernels.float64());
    assertTrue(Kernels.report().contains(Kernels.float32().description()));
  }

  @Test
  void everyWayOfRunningGivesTheSameBits() throws Exception {
    Run scalar = probe(WARM);
    assertFalse(scalar.checksum().isEmpty(), scalar.toString());
    List<Callable<Run>> others =
        List.of(
            () -> probe(COLD, "-Xint"),
            () -> probe(WARM, MODULE, "-Drnn.kernels=scalar"),
            () -> probe(COLD, MODULE, "-Xint"),
            () -> probe(WARM, MODULE),
            () -> probe(WARM, MODULE, "-Drnn.lanes=2"),
            () -> probe(WARM, MODULE, "-Drnn.lanes=4"),
            () -> probe(WARM, MODULE, "-Drnn.lanes=8"));
    ExecutorService atOnce = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (Future<Run> other : atOnce.invokeAll(others)) {
        Run run = other.get();
        assertEquals(scalar.checksum(), run.checksum(), run.toString());
        assertFalse(run.out.contains("differs"), run.toString());
      }
    } finally {
      atOnce.shutdownNow();
    }
  }

  @Test
  void withoutTheModuleTheKernelsAreScalarAndTheCureIsSaid() throws Exception {
    Run run = probe(COLD);
    assertTrue(
        run.err.contains("rnn: scalar kernels; add '--add-modules jdk.incubator.vector' for SIMD"),
        run.err);
    assertFalse(run.out.contains("rnn:"), run.out);
    assertTrue(run.out.contains("vector module  missing; add"), run.out);
    assertTrue(run.out.contains("float32        scalar kernels"), run.out);
  }

  @Test
  void withTheModuleTheKernelsAreVectors() throws Exception {
    Run run = probe(COLD, MODULE, "-Drnn.lanes=4");
    assertFalse(run.err.contains("rnn:"), run.err);
    assertTrue(run.out.contains("float32        vector kernels, 4 lanes"), run.out);
    assertTrue(run.out.contains("float64        vector kernels, 2 lanes"), run.out);
  }

  @Test
  void askingForScalarKernelsIsEnough() throws Exception {
    Run run = probe(COLD, MODULE, "-Drnn.kernels=scalar");
    assertFalse(run.err.contains("rnn:"), run.err);
    assertTrue(run.out.contains("-Drnn.kernels=scalar asks for them"), run.out);
  }

  @Test
  void askingForVectorsWithoutTheModuleIsAnErrorWithItsCure() throws Exception {
    String error = probe(COLD, "-Drnn.kernels=vector").err;
    assertTrue(
        error.contains(
            "vector kernels need the module jdk.incubator.vector, which this JVM was started"
                + " without; add '--add-modules jdk.incubator.vector'"),
        error);
  }

  @Test
  void wrongValuesOfPropertiesAreNamed() throws Exception {
    String kernels = probe(COLD, "-Drnn.kernels=fast").err;
    assertTrue(
        kernels.contains("rnn.kernels is 'fast'; it must be auto, scalar or vector"), kernels);
    String lanes = probe(COLD, MODULE, "-Drnn.lanes=5").err;
    assertTrue(lanes.contains("rnn.lanes is '5'; it must be 2, 4, 8 or 16"), lanes);
  }

  private Run probe(String rounds, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), KernelProbe.class.getName(), rounds));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.waitFor();
    return new Run(read(out), read(err));
  }

  private static String classPath() {
    return Stream.of(Kernels.class, KernelProbe.class, org.junit.jupiter.api.Assertions.class)
        .map(c -> c.getProtectionDomain().getCodeSource().getLocation().getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
