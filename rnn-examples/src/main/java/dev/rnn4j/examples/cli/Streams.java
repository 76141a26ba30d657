package dev.rnn4j.examples.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and error in an encoding that has all letters. Where the system knows ASCII only,
 * as with {@code LANG=C}, that is UTF-8: ASCII is a part of it, and question marks help nobody.
 */
public final class Streams {
  private Streams() {}

  /** Returns a writer to standard output that shows each line at once. */
  public static PrintWriter out() {
    return writer(System.out, "stdout.encoding");
  }

  /** Returns a writer to the error stream that shows each line at once. */
  public static PrintWriter err() {
    return writer(System.err, "stderr.encoding");
  }

  /** Returns whether the system knows ASCII only; then it cannot name files in other letters. */
  static boolean namesAreAscii() {
    return isAscii(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  /** The property is there from Java 19 on; before, streams have the default encoding. */
  private static PrintWriter writer(PrintStream stream, String property) {
    String name = System.getProperty(property, Charset.defaultCharset().name());
    Charset charset =
        isAscii(name) || !Charset.isSupported(name)
            ? StandardCharsets.UTF_8
            : Charset.forName(name);
    return new PrintWriter(new OutputStreamWriter(stream, charset), true);
  }

  private static boolean isAscii(String name) {
    return Charset.isSupported(name) && Charset.forName(name).equals(StandardCharsets.US_ASCII);
  }
}
