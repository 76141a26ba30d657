package dev.rnn4j.examples.forecast.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.html.HtmlEscapers;
import com.google.common.io.Resources;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run on a table whose words would break it, were they not escaped. */
class PageTest {
  private static final String TARGET = "<b>price</b> & \"costs\"";
  private static final String TEXT = "</style><script>document.title = 1</script>";
  private static final int ROWS = 200;
  private static final int PHONE = 390;

  private static final Pattern LOADS =
      Pattern.compile("(?i)<(script|img|link|iframe|object|embed|base|form|a)\\b|url\\(|@import");

  @TempDir static Path folder;

  private static String page;

  @BeforeAll
  static void run() throws IOException {
    StringBuilder rows = new StringBuilder("day,\"<b>price</b> & \"\"costs\"\"\",kind,rain\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append(LocalDate.of(2024, 1, 1).plusDays(i))
          .append(',')
          .append(20 + 5 * Math.sin(i * 2 * Math.PI / 7) + i % 3)
          .append(',')
          .append(i % 4 == 0 ? TEXT : "plain")
          .append(',')
          .append(i % 5)
          .append('\n');
    }
    Path csv = Files.writeString(folder.resolve("it's <i>.csv"), rows);
    Result result =
        CommandLineFixture.run(
            "forecast",
            "--csv",
            csv.toString(),
            "--date",
            "day",
            "--target",
            TARGET,
            "--horizon",
            "3",
            "--hidden",
            "2",
            "--epochs",
            "2",
            "--out",
            folder.resolve("out").toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result.out().contains(": model.safetensors, report.html, next.csv, predictions.csv"));
    page = Files.readString(folder.resolve("out").resolve("report.html"));
  }

  @Test
  void nothingIsLoadedAndNothingRuns() {
    assertFalse(LOADS.matcher(page).find(), page);
    assertTrue(page.contains("default-src &#39;none&#39;"), page);
    assertTrue(page.contains("&lt;b&gt;price&lt;/b&gt; &amp; &quot;costs&quot;"), page);
  }

  @Test
  void theCommandIsQuotedForAShell() {
    String command =
        HtmlEscapers.htmlEscaper()
            .escape("'" + folder.resolve("it'\\''s <i>.csv") + "' --date day --target '" + TARGET);
    assertTrue(page.contains(command), page);
  }

  @Test
  void theStyleIsWrittenAsItIs() throws IOException {
    String style =
        Resources.toString(Resources.getResource(Page.class, "page.css"), StandardCharsets.UTF_8);
    assertEquals(style, HtmlEscapers.htmlEscaper().escape(style));
  }

  /** Looks at the page in a frame as wide as a phone, and at what the browser made of it. */
  @Test
  void aBrowserShowsAllOfIt() throws IOException, InterruptedException {
    Path frame = folder.resolve("frame.html");
    Files.writeString(
        frame,
        "<!DOCTYPE html><meta charset=utf-8><iframe style='width:"
            + PHONE
            + "px;height:844px;border:0' srcdoc=\""
            + HtmlEscapers.htmlEscaper().escape(page)
            + "\"></iframe><script>"
            + script()
            + "</script>");
    JsonNode seen = new ObjectMapper().readTree(Browser.found().text(frame, folder));
    assertEquals("Forecast of " + TARGET, seen.at("/title").asText());
    assertEquals(PHONE, seen.at("/width").asInt());
    assertEquals(0, seen.at("/sideways").asInt());
    assertEquals(0, seen.at("/loaded").asInt());
    assertEquals(0, seen.at("/foreign").asInt());
    assertEquals(
        List.of(
            "What comes next",
            "On rows that it has not seen",
            "Scores",
            "Residuals",
            "What was chosen",
            "How it learnt",
            "What was read",
            "Run it again"),
        StreamSupport.stream(seen.at("/headings").spliterator(), false)
            .map(JsonNode::asText)
            .toList());
    assertTrue(seen.at("/charts").asInt() >= 7, seen.toString());
    assertEquals(0, seen.at("/empty").asInt());
    assertTrue(seen.at("/text").asText().contains(TEXT), seen.at("/text").asText());
    for (String method :
        List.of("model", "linear autoregression", "persistence", "drift", "seasonal naive, 7")) {
      assertTrue(seen.at("/text").asText().contains(method), method);
    }
  }

  private static String script() {
    return "addEventListener('load', () => {"
        + "const frame = frames[0], page = frame.document, all = s => [...page.querySelectorAll(s)];"
        + "document.body.textContent = JSON.stringify({"
        + "title: page.title, width: frame.innerWidth,"
        + "sideways: page.documentElement.scrollWidth - page.documentElement.clientWidth,"
        + "loaded: frame.performance.getEntriesByType('resource').length,"
        + "foreign: all('b, i:not(.key), script').length,"
        + "headings: all('h2').map(one => one.textContent),"
        + "charts: all('svg').length,"
        + "empty: all('svg').filter(one => one.getBoundingClientRect().height < 100"
        + " || one.querySelectorAll('path').length < 2).length,"
        + "text: page.body.innerText});"
        + "});";
  }
}
