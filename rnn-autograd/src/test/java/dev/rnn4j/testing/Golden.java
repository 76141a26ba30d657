package dev.rnn4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts kept as files, so that a change of what is printed or compiled shows as a readable diff.
 * {@code mvn test -pl rnn-autograd -am -Dtest='Golden*' -Dtest.args=-Dgolden.files=rewrite} writes
 * them anew, also where a page of the documents shows them.
 */
public final class Golden {
  private static final Path FOLDER = Path.of("src", "test", "resources", "dev", "rnn4j", "golden");

  private static final Path PAGES = Path.of("..", "docs");

  private Golden() {}

  /** Asserts that a text is that of a file. */
  public static void check(String name, String text) {
    Path file = FOLDER.resolve(name);
    try {
      if ("rewrite".equals(System.getProperty("golden.files"))) {
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

  /**
   * Asserts that a text is that of a file, and of the block that follows {@code <!-- name -->} on a
   * page of the documents.
   */
  public static synchronized void checkShown(String page, String name, String text) {
    check(name, text);
    Path file = PAGES.resolve(page);
    Pattern block =
        Pattern.compile("(?s)(<!-- " + Pattern.quote(name) + " -->\n+```text\n)(.*?)(```\n)");
    try {
      String words = Files.readString(file).replace("\r\n", "\n");
      Matcher found = block.matcher(words);
      if (!found.find()) {
        fail(page + " does not show " + name);
      } else if ("rewrite".equals(System.getProperty("golden.files"))) {
        String start = words.substring(0, found.start(2));
        Files.writeString(file, start + text + words.substring(found.end(2)));
      } else {
        assertEquals(found.group(2), text, page + " shows another " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
