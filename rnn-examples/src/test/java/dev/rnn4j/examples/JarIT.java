package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The finished jar, run as a user runs it. */
class JarIT {
  private static final Path JAR = Path.of("target", "rnn-examples.jar");
  private static final Pattern ARTIFACT =
      Pattern.compile("rnn-examples-[0-9.]+(-SNAPSHOT)?\\.jar$");
  private static final List<String> MODULE = List.of("--add-modules", "jdk.incubator.vector");

  private final Map<String, String> environment = new HashMap<>();

  @TempDir Path folder;

  private record Finished(int code, String out, String err) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat-fish --seed 0",
        "counting-sigmoid --epochs 2000 --precision float32",
        "stacked-sequence --momentum 0.9 --epochs 20",
        "classifier --epochs 100",
        "classifier --epochs 100 --precision float32",
      })
  void reportsAreTheSameWithAllKernels(String command) throws Exception {
    List<String> vector = new ArrayList<>(MODULE);
    vector.add("-Drnn.kernels=vector");
    CompletableFuture<String> scalar =
        CompletableFuture.supplyAsync(() -> report(List.of("-Drnn.kernels=scalar"), command));
    assertEquals(report(vector, command), scalar.join());
  }

  @Test
  void doctorSaysWhatTheFlagBuys() throws Exception {
    Finished without = java(List.of(), "doctor");
    assertEquals(0, without.code());
    assertTrue(without.out().contains("scalar"), without.out());
    assertTrue(without.out().contains("--add-modules jdk.incubator.vector"), without.out());
    Finished with = java(MODULE, "doctor");
    assertTrue(with.out().contains("present"), with.out());
  }

  @Test
  void aMistakeIsOneLine() throws Exception {
    Finished finished = java(List.of(), "cat-fish --rate");
    assertEquals(2, finished.code());
    assertEquals("", finished.out());
    assertEquals("--rate needs a value" + System.lineSeparator(), finished.err());
    Finished kernels = java(List.of("-Drnn.kernels=fast"), "cat-fish");
    assertEquals(2, kernels.code());
    assertEquals(
        "rnn.kernels is 'fast'; it must be auto, scalar or vector" + System.lineSeparator(),
        kernels.err());
    Finished name = java(List.of("-Drnn.thread=1"), "list");
    assertEquals(2, name.code());
    assertEquals(
        "there is no property rnn.thread; did you mean rnn.threads?" + System.lineSeparator(),
        name.err());
  }

  @Test
  void theSameRunIsTheSameEverywhere() throws Exception {
    String table = SalesTable.in(folder);
    String command = "forecast --epochs 1 " + table + " --out " + folder.resolve("one");
    Path report = folder.resolve("report.json");
    Finished here = java(List.of(), command + " --report " + report);
    assertEquals(0, here.code(), here.err());
    Map<String, byte[]> first = files("one");
    byte[] firstReport = Files.readAllBytes(report);
    environment.putAll(Map.of("DISPLAY", ":77", "LC_ALL", "C"));
    List<String> egypt =
        List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab");
    Finished there = java(egypt, command + " --report " + report);
    assertEquals(0, there.code(), there.err());
    assertEquals(here.out(), there.out());
    assertArrayEquals(firstReport, Files.readAllBytes(report));
    Map<String, byte[]> second = files("one");
    assertEquals(
        Set.of(
            "model.safetensors",
            "report.html",
            "next.csv",
            "predictions.csv",
            "forecast.png",
            "history.csv",
            "history.png"),
        first.keySet());
    assertEquals(first.keySet(), second.keySet());
    first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
    // The table is read, what is tried, advice about kernels, and a line for the epoch.
    assertEquals(5, there.err().lines().count(), there.err());
    assertTrue(there.err().contains("rnn: scalar kernels; add '--add-modules"), there.err());
    assertTrue(there.err().contains("epoch 1/1 loss 0."), there.err());
  }

  @Test
  void outOfMemoryIsASentence() throws Exception {
    Path out = folder.resolve("none");
    Finished finished = java(List.of("-Xmx48m"), "forecast --hidden 1024 --epochs 1 --out " + out);
    assertEquals(2, finished.code(), finished.err());
    String sentence = finished.err().lines().reduce((earlier, later) -> later).orElseThrow();
    assertTrue(sentence.startsWith("out of memory: 'forecast --hidden 1024 "), finished.err());
    assertTrue(sentence.contains("' needs more than the 48.0 MB that Java may use"), sentence);
    assertTrue(sentence.contains("; start it with more, as in java -Xmx1g ("), sentence);
    assertEquals(Map.of(), files("none"));
  }

  private Map<String, byte[]> files(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder.resolve(name))) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void theJarBringsLicencesAndIsNoModule() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String licences = text(jar, "META-INF/LICENSE");
      assertTrue(licences.contains("Apache License"), licences);
      assertTrue(licences.contains("MIT License"), licences);
      assertTrue(text(jar, "META-INF/NOTICE").contains("Jackson"));
      assertNull(jar.getEntry("module-info.class"));
      assertEquals(
          "dev.rnn4j.examples.Main", jar.getManifest().getMainAttributes().getValue("Main-Class"));
    }
  }

  /** What depends on the artifact gets every library once, by itself. */
  @Test
  void theArtifactHasItsOwnClassesOnly() throws IOException {
    List<Path> artifacts;
    try (Stream<Path> all = Files.list(JAR.getParent())) {
      artifacts = all.filter(file -> ARTIFACT.matcher(file.toString()).find()).toList();
    }
    assertEquals(1, artifacts.size(), artifacts.toString());
    try (JarFile jar = new JarFile(artifacts.get(0).toFile())) {
      List<String> foreign =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(".class") && !name.startsWith("dev/rnn4j/examples/"))
              .toList();
      assertEquals(List.of(), foreign);
      assertNotNull(jar.getEntry("dev/rnn4j/examples/Main.class"));
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  private String report(List<String> options, String command) {
    try {
      Path file = Files.createTempDirectory(folder, "run").resolve("report.json");
      Finished finished = java(options, command + " --report " + file);
      assertEquals(0, finished.code(), finished.err());
      return Files.readString(file);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Finished java(List<String> options, String command)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-jar", JAR.toString()));
    line.addAll(List.of(command.split(" ")));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    int code = process.waitFor();
    return new Finished(code, Files.readString(out), Files.readString(err));
  }
}
