package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The finished jar, run as a user runs it. */
class JarIT {
  private static final Path JAR = Path.of("target", "rnn-examples.jar");
  private static final List<String> MODULE = List.of("--add-modules", "jdk.incubator.vector");

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
    assertEquals(report(List.of("-Drnn.kernels=scalar"), command), report(vector, command));
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

  private static String text(JarFile jar, String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  private String report(List<String> options, String command) throws Exception {
    Path file = folder.resolve("report.json");
    Finished finished = java(options, command + " --report " + file);
    assertEquals(0, finished.code(), finished.err());
    String report = Files.readString(file);
    Files.delete(file);
    return report;
  }

  private Finished java(List<String> options, String command) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-jar", JAR.toString()));
    line.addAll(List.of(command.split(" ")));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int code = process.waitFor();
    return new Finished(code, Files.readString(out), Files.readString(err));
  }
}
