package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs in a heap of 128 MB, as processes: what they need is bounded, and what is counted is
 * there.
 */
@Timeout(300)
class MemoryTest {
  static String run(Class<?> program, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch sizes", "shapes", "burst", "garbage"})
  void aSmallHeapIsEnough(String trial) throws Exception {
    String output = run(MemoryTrials.class, List.of("-Xmx128m"), trial);
    assertTrue(output.endsWith("done" + System.lineSeparator()), output);
  }

  @Test
  void whatIsCountedIsWhatTheHeapHolds() throws Exception {
    run(MemoryTrials.class, List.of("-Xmx512m", "-XX:+UseSerialGC"), "estimates");
  }
}
