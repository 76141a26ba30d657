package dev.rnn4j.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** What stands behind a stream: a terminal of some width, or something else. */
final class Terminal {
  /** Where a terminal does not say how wide it is. */
  private static final int USUAL = 80;

  private Terminal() {}

  /**
   * Returns how many columns the terminal has that a stream writes to; none where that is no
   * terminal, or where the stream is neither {@link System#out} nor {@link System#err}.
   */
  static OptionalInt columns(PrintStream out) {
    if (out == System.err) {
      return ask("test -t 2 || exit 1; stty size <&2 2>/dev/null; exit 0", false);
    }
    return out == System.out
        ? ask("test -t 1 || exit 1; stty size <&1 3>&2 2>/dev/null >&3; exit 0", true)
        : OptionalInt.empty();
  }

  /** Asks the shell, for Java tells of no single stream whether it is a terminal, nor how wide. */
  private static OptionalInt ask(String question, boolean answersOnError) {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", question);
    if (answersOnError) {
      shell.redirectOutput(Redirect.INHERIT);
    } else {
      shell.redirectError(Redirect.INHERIT);
    }
    try {
      Process process = shell.start();
      InputStream answer = answersOnError ? process.getErrorStream() : process.getInputStream();
      String size = new String(answer.readAllBytes(), StandardCharsets.US_ASCII).strip();
      return process.waitFor() == 0 ? OptionalInt.of(width(size)) : OptionalInt.empty();
    } catch (IOException e) {
      // There is no such shell, as on Windows.
      return System.console() == null ? OptionalInt.empty() : OptionalInt.of(USUAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** Returns the second number of rows and columns; terminals without a size say 0. */
  static int width(String size) {
    String columns = size.substring(size.indexOf(' ') + 1);
    int width = columns.matches("\\d{1,6}") ? Integer.parseInt(columns) : 0;
    return width > 0 ? width : USUAL;
  }
}
