package dev.rnn4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts kept as files, so that a change of what is printed or compiled shows as a readable diff.
 * {@code mvn test -pl rnn-autograd -am -Dtest='Golden*' -Dtest.args=-Drnn.golden=rewrite} writes
 * them anew.
 */
public final class Golden {
  private static final Path FOLDER = Path.of("src", "test", "resources", "dev", "rnn4j", "golden");

  private Golden() {}

  /** Asserts that a text is that of a file. */
  public static void check(String name, String text) {
    Path file = FOLDER.resolve(name);
    try {
      if ("rewrite".equals(System.getProperty("rnn.golden"))) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, text);
      } else if (Files.notExists(file)) {
        fail("there is no golden file " + file);
      } else {
        assertEquals(Files.readString(file).replace("\r\n", "\n"), text, name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
