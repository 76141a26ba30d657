package dev.rnn4j.examples.forecast.page;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser without a window.
 *
 * @param program Chromium, or another one that takes its options
 */
record Browser(Path program) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private static final int SECONDS = 60;

  /** Returns the browser of {@code -Dbrowser=FILE}, or on the path; without one, the test ends. */
  static Browser found() {
    Optional<Path> program =
        Optional.ofNullable(System.getProperty("browser"))
            .map(Path::of)
            .or(
                () ->
                    NAMES.stream()
                        .flatMap(
                            name ->
                                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                    .map(folder -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst());
    assumeTrue(
        program.isPresent(),
        "the page is not opened: there is no browser on the PATH ("
            + String.join(", ", NAMES)
            + "); install one, or name it with -Dbrowser=FILE");
    return new Browser(program.get());
  }

  /** Returns the text of a page's body once it is loaded. */
  String text(Path page, Path scratch) throws IOException, InterruptedException {
    Path dom = scratch.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + scratch.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), program + " does not end");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(dom, StandardCharsets.UTF_8);
    int from = text.indexOf("<body>") + "<body>".length();
    return text.substring(from, text.indexOf("</body>", from))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .strip();
  }
}
