package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir private Path folder;

  /** Writes into a file how wide each of its two streams is. */
  static final class Widths {
    public static void main(String[] file) throws Exception {
      String widths = Terminal.columns(System.out) + " " + Terminal.columns(System.err);
      Files.writeString(Path.of(file[0]), widths);
    }
  }

  @Test
  void anyOtherStreamIsNone() {
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    assertEquals(OptionalInt.empty(), Terminal.columns(out));
  }

  @ParameterizedTest
  @CsvSource({"24 57,57", "0 0,80", "'',80", "24 x,80"})
  void aTerminalWithoutASizeIsOfTheUsualOne(String size, int columns) {
    assertEquals(columns, Terminal.width(size));
  }

  /** In a terminal that {@code script} of util-linux makes. */
  @ParameterizedTest
  @CsvSource({
    "''         , OptionalInt[57] OptionalInt[57]",
    "2>/dev/null, OptionalInt[57] OptionalInt.empty",
    ">/dev/null , OptionalInt.empty OptionalInt[57]"
  })
  void eachStreamIsAskedByItself(String redirection, String widths) throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT) && isOfUtilLinux(), "there is no such program");
    Path file = folder.resolve("widths");
    String java =
        String.join(
            " ",
            "stty cols 57;",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "'" + Widths.class.getName() + "'",
            file.toString(),
            redirection);
    Process process =
        new ProcessBuilder(SCRIPT.toString(), "-q", "-c", java, "/dev/null")
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), out);
    assertEquals(widths, Files.readString(file), out);
  }

  private static boolean isOfUtilLinux() throws Exception {
    Process process = new ProcessBuilder(SCRIPT.toString(), "--version").start();
    return new String(process.getInputStream().readAllBytes()).contains("util-linux");
  }
}
