package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTest {
  @TempDir private Path folder;

  /** Plots, as a program that knows nothing of screens. */
  static final class Plotting {
    public static void main(String[] file) throws IOException {
      HistoryPlot.write(Histories.small(true), Path.of(file[0]));
    }
  }

  @Test
  void namesOfNothingAreDead() {
    assertTrue(Display.isDead(":4077"));
    assertTrue(Display.isDead(":4077.0"));
    assertTrue(Display.isDead("unix:4077"));
    assertTrue(Display.isDead("localhost:4077"));
    assertTrue(Display.isDead(""));
  }

  @Test
  void whatNobodyKnowsIsNot() {
    assertFalse(Display.isDead("wayland-0"));
    assertFalse(Display.isDead(":x"));
  }

  @Test
  void aServerThatAnswersIsNot() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int number = server.getLocalPort() - 6000;
      if (number >= 0 && number < 10_000) {
        assertFalse(Display.isDead("127.0.0.1:" + number));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":77", "localhost:77", "", "wayland-0"})
  void aPlotNeedsNoScreenOrSaysWhatHelps(String display) throws Exception {
    Path file = folder.resolve("history.png");
    String err = plot(file, Map.of("DISPLAY", display));
    if (err.isEmpty()) {
      assertTrue(Files.size(file) > 1000);
    } else {
      assertTrue(err.contains("start java with -Djava.awt.headless=true"), err);
      assertEquals("wayland-0", display);
    }
  }

  @Test
  void withoutFontsThePlotSaysSo() throws Exception {
    Path none = folder.resolve("fonts.conf");
    Files.writeString(none, "<?xml version=\"1.0\"?><fontconfig></fontconfig>\n");
    Path file = folder.resolve("history.png");
    String err = plot(file, Map.of("FONTCONFIG_FILE", none.toString()));
    assertTrue(
        err.isEmpty() ? Files.size(file) > 1000 : err.contains("install fontconfig and a font"),
        err);
  }

  private String plot(Path file, Map<String, String> environment) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Plotting.class.getName(),
            file.toString());
    java.environment().putAll(environment);
    Process process = java.start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return err;
  }
}
