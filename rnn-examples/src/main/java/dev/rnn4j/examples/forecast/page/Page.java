package dev.rnn4j.examples.forecast.page;

import com.google.common.io.Resources;
import dev.rnn4j.examples.forecast.judge.Findings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A run as a page to hand on: one file with all that it shows in it, which loads nothing and runs
 * nothing, for a phone, a desk, or paper.
 */
public final class Page {
  /** Nothing but the styles of the page itself: no file, no script, no network. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private Page() {}

  /**
   * Writes the page.
   *
   * @param command what repeats the run
   */
  public static void write(Findings findings, String command, OutputStream out) throws IOException {
    out.write(of(findings, command).getBytes(StandardCharsets.UTF_8));
  }

  private static String of(Findings findings, String command) throws IOException {
    String title = "Forecast of " + String.join(" and ", findings.choices().task().targetNames());
    Markup head =
        Markup.of(
            "head",
            Markup.of("meta").with("charset", "utf-8"),
            Markup.of("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY),
            Markup.of("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            Markup.of("title", title),
            Markup.of("style", style()));
    Markup body =
        Markup.of(
            "body",
            Markup.of(
                "header",
                Markup.of("h1", title),
                Markup.of("p", WhatWasRead.line(findings)).as("small")),
            Markup.of(
                "main",
                Verdict.of(findings),
                section("next", "What comes next", NextRows.of(findings)),
                section("unseen", "On rows that it has not seen", Unseen.of(findings)),
                section("scores", "Scores", Scores.of(findings)),
                findings.backtest().isEmpty()
                    ? Markup.all()
                    : section("backtest", "Backtest", Backtests.of(findings.backtest())),
                section("residuals", "Residuals", Residuals.of(findings)),
                section("choices", "What was chosen", Chosen.choices(findings)),
                section("losses", "How it learnt", Chosen.losses(findings)),
                section("read", "What was read", WhatWasRead.of(findings)),
                section("again", "Run it again", Again.of(findings, command))));
    return "<!DOCTYPE html>\n" + Markup.of("html", head, body).with("lang", "en") + "\n";
  }

  private static Markup section(String name, String title, Markup content) {
    return Markup.of("section", Markup.of("h2", title), content).with("id", name);
  }

  /** Has no quotes and no brackets, and so nothing that is written otherwise in a page. */
  private static String style() throws IOException {
    return Resources.toString(
        Resources.getResource(Page.class, "page.css"), StandardCharsets.UTF_8);
  }
}
