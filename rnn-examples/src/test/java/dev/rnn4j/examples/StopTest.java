package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ctrl-C while a training is kept: a trainer's, and that of a loop without one. The state after the
 * last update is kept, whether or not a checkpoint was due, and a sentence says how to go on.
 */
@DisabledOnOs(OS.WINDOWS) // where a process can only be killed
class StopTest {
  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?s).*stopped after ([\\d,]+) updates, which are kept in '(.*)';"
              + " to go on, give the same command with --resume\n");

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {"adding --updates 1000000 --tested 20", "counting-sigmoid --epochs 1000000000"})
  void keepsTheLastUpdate(String command) throws IOException, InterruptedException {
    Path folder = temporary.resolve("run");
    Path err = temporary.resolve("err");
    Process process = start(command + " --checkpoint-updates 100 --checkpoint " + folder, err);
    while (!hasCheckpoint(folder) && process.isAlive()) {
      Thread.sleep(5);
    }
    process.destroy();
    process.waitFor();
    Matcher said = SENTENCE.matcher(Files.readString(err));
    assertTrue(said.matches(), () -> read(err));
    assertEquals(folder.toString(), said.group(2));
    long updates = Long.parseLong(said.group(1).replace(",", ""));
    String file = String.format(Locale.ROOT, "checkpoint-%012d.safetensors", updates);
    assertTrue(Files.exists(folder.resolve(file)), file);

    String[] fewer = command.split(" ");
    fewer[2] = Long.toString(updates + 1);
    Result result =
        CommandLineFixture.run(String.join(" ", fewer) + " --resume --checkpoint " + folder);
    assertEquals(0, result.code(), result.err());
    assertTrue(Files.exists(folder.resolve("model.safetensors")), result.out());
  }

  @Test
  void whatIsStoppedBeforeItsFirstUpdateSaysSo() throws IOException, InterruptedException {
    Path folder = temporary.resolve("run");
    Path err = temporary.resolve("err");
    Path out = temporary.resolve("out");
    Process process = start("forecast --out " + out + " --checkpoint " + folder, err);
    while (!read(err).contains("trying networks") && process.isAlive()) {
      Thread.sleep(5);
    }
    process.destroy();
    process.waitFor();
    // A process that is frozen for a while may have come further.
    String said = read(err);
    assertTrue(
        said.contains("stopped before the first update; nothing is kept in '" + folder + "' yet\n")
            || SENTENCE.matcher(said).matches()
            || said.contains("; to go on from what is kept in '" + folder + "', give the same"),
        said);
  }

  private static boolean hasCheckpoint(Path folder) {
    String[] files = folder.toFile().list((all, name) -> name.endsWith(".safetensors"));
    return files != null && files.length > 0;
  }

  private static Process start(String command, Path err) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add(Main.class.getName());
    line.addAll(Arrays.asList(command.split(" ")));
    return new ProcessBuilder(line)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(err.toFile())
        .start();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
