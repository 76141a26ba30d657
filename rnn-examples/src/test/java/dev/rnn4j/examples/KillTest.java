package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings in other processes, killed at random moments and resumed: files and reports are those
 * of a training that was not. {@code -Dkills=100} makes it a hundred for each, {@code
 * -Dkills.java=PATH} resumes with another Java.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("kills", 1);
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String OTHER_JAVA = System.getProperty("kills.java", JAVA);

  @TempDir Path temporary;

  private Process start(String java, int threads, Path folder, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:TieredStopAtLevel=1",
            "-Drnn.threads=" + threads,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName()));
    command.addAll(arguments);
    command.addAll(
        List.of(
            "--checkpoint",
            "run",
            "--resume",
            "--checkpoint-updates",
            "1",
            "--report",
            "report.json"));
    Files.createDirectories(folder);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), "output"))
        .start();
  }

  private void finish(String java, int threads, Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(java, threads, folder, arguments);
    assertEquals(0, process.waitFor(), () -> read(folder.resolve("output")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(folder::relativize)
          .filter(file -> !file.toString().equals("output"))
          .sorted()
          .toList();
    }
  }

  /**
   * Kills and resumes.
   *
   * @param count of the files that a run leaves
   */
  private void resumesAsIfUndisturbed(int count, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = List.of(arguments);
    Path undisturbed = temporary.resolve(arguments[0]);
    long begin = System.nanoTime();
    finish(JAVA, 1, undisturbed, all);
    long nanos = System.nanoTime() - begin;
    List<Path> wanted = files(undisturbed);
    assertEquals(count, wanted.size(), wanted::toString);
    Random random = new Random(1);
    int killed = 0;
    int writing = 0;
    for (int i = 0; killed < KILLS; i++) {
      Path folder = temporary.resolve(arguments[0] + i);
      Process process = start(JAVA, 1 + i % 2, folder, all);
      if (process.waitFor(
          (long) ((0.4 + 0.6 * random.nextDouble()) * nanos), TimeUnit.NANOSECONDS)) {
        continue; // too late
      }
      process.destroyForcibly().waitFor();
      killed++;
      writing += isWriting(folder) ? 1 : 0;
      finish(OTHER_JAVA, 2 - i % 2, folder, all);
      assertEquals(wanted, files(folder), "killed " + killed);
      for (Path file : wanted) {
        assertEquals(
            -1, Files.mismatch(undisturbed.resolve(file), folder.resolve(file)), file.toString());
      }
      if (killed % 10 == 0) {
        System.out.printf(
            Locale.ROOT,
            "%s: %d of %d resumed runs are equal, %d were killed while a file was written%n",
            arguments[0],
            killed,
            KILLS,
            writing);
      }
    }
  }

  /** Returns whether a writer has left a file that has not got its name. */
  private static boolean isWriting(Path folder) throws IOException {
    return files(folder).stream().anyMatch(file -> file.toString().endsWith(".tmp"));
  }

  @Test
  void addingResumes() throws IOException, InterruptedException {
    resumesAsIfUndisturbed(3, "adding", "--updates", "40");
  }

  /** Only where it is asked for: it takes as long as the other one. */
  @Test
  @EnabledIfSystemProperty(named = "kills", matches = "[0-9]+")
  void aLanguageModelResumes() throws IOException, InterruptedException {
    Path text = temporary.resolve("text");
    Files.writeString(text, "to be or not to be, that is the question. ".repeat(250));
    resumesAsIfUndisturbed(
        3, "language-model", text.toString(), "--updates", "12", "--nodes", "8", "--sample", "5");
  }

  /** Several trainings, one after the other, and all that comes after them. */
  @Test
  @EnabledIfSystemProperty(named = "kills", matches = "[0-9]+")
  void aForecastResumes() throws IOException, InterruptedException {
    StringBuilder table = new StringBuilder("date,a,b\n");
    for (int day = 0; day < 200; day++) {
      table.append(LocalDate.of(2020, 1, 1).plusDays(day)).append(',');
      table.append(day % 7 + day * 7919 % 13 / 4.0).append(',').append(day % 5).append('\n');
    }
    Path csv = temporary.resolve("t.csv");
    Files.writeString(csv, table);
    String options = "--date date --target a --window 3 --epochs 3 --backtest 2 --csv " + csv;
    resumesAsIfUndisturbed(10, ("forecast " + options).split(" "));
  }
}
