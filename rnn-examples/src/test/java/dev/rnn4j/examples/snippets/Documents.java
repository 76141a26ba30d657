package dev.rnn4j.examples.snippets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README and the pages of docs, and the sources of their blocks. */
final class Documents {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SOURCES =
      Path.of("src", "main", "java", "dev", "rnn4j", "examples", "snippets");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// \\[block\\n(.*?)^ *// block\\]");

  private Documents() {}

  /** A block of a page: its language, its text, and the line it begins at. */
  record Block(Path page, int line, String language, String text) {
    String name() {
      return ROOT.relativize(page) + ", line " + line;
    }
  }

  static String readme() {
    return read(ROOT.resolve("README.md"));
  }

  static List<Block> blocks(String language) {
    return pages().stream()
        .flatMap(Documents::blocks)
        .filter(block -> block.language().equals(language))
        .toList();
  }

  /** Returns the relative links of all pages that lead nowhere. */
  static List<String> brokenLinks() {
    return pages().stream()
        .flatMap(
            page ->
                LINK.matcher(read(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.contains("://"))
                    .filter(link -> !Files.exists(page.resolveSibling(link)))
                    .map(link -> ROOT.relativize(page) + ": " + link))
        .toList();
  }

  private static List<Path> pages() {
    return Stream.concat(Stream.of(ROOT.resolve("README.md")), files(ROOT.resolve("docs"), ".md"))
        .toList();
  }

  private static Stream<Block> blocks(Path page) {
    String text = read(page);
    return BLOCK.matcher(text).results().map(found -> block(page, text, found));
  }

  private static Block block(Path page, String text, MatchResult found) {
    int line = (int) text.substring(0, found.start()).lines().count() + 1;
    return new Block(page, line, found.group(1), found.group(2));
  }

  /** Returns the regions of all snippets, each on one line. */
  static List<String> regions() {
    return files(SOURCES, ".java")
        .flatMap(file -> REGION.matcher(read(file)).results())
        .map(region -> oneLine(region.group(1)))
        .toList();
  }

  /** Returns the names of the snippets that can be run. */
  static List<String> mains() {
    return files(SOURCES, ".java")
        .filter(file -> read(file).contains("void main("))
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .toList();
  }

  static String oneLine(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }

  static void replace(Block block, String text) {
    try {
      Files.writeString(block.page(), read(block.page()).replace(block.text(), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
