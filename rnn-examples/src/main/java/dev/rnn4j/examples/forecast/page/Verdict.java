package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.judge.Score;
import dev.rnn4j.examples.forecast.report.VerdictText;
import dev.rnn4j.forecast.Outlook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader in a hurry takes along: what comes next, and how far it can be trusted. */
final class Verdict {
  private Verdict() {}

  static Markup of(Findings findings) {
    boolean several = findings.judgement().targets().size() > 1;
    List<Markup> parts = new ArrayList<>();
    for (String target : findings.judgement().targets()) {
      if (several) {
        parts.add(Markup.of("h3", target));
      }
      parts.add(of(findings, target));
    }
    return Markup.all(parts);
  }

  private static Markup of(Findings findings, String target) {
    Map<String, Score> scores = findings.judgement().scores(target);
    Score model = scores.get(Comparison.NETWORK);
    List<Markup> tiles = new ArrayList<>();
    findings.next().stream()
        .filter(one -> one.target().equals(target))
        .findFirst()
        .ifPresent(one -> tiles.add(tile(one)));
    int rows = findings.judgement().of(target).get(0).size();
    tiles.add(
        tile(
            "error on unseen rows",
            Figures.of(model.rmse()),
            "RMSE on " + Figures.count(rows, "row") + ahead(findings)));
    Optional<String> best = Comparison.best(scores);
    best.ifPresent(
        name ->
            tiles.add(
                tile("best baseline", Figures.of(scores.get(name).rmse()), "RMSE of " + name)));
    if (Double.isFinite(model.coverage())) {
      tiles.add(
          tile(
              "80 % interval",
              model.held(), (model.isFew() ? "" : "of ") + "unseen rows lay in it"));
    }
    return Markup.all(
        Markup.of("div", tiles).as("tiles"),
        Markup.of("p", VerdictText.of(scores).orElse("")).as("lead"));
  }

  private static Markup tile(Outlook next) {
    return tile(
        next.row(),
        Figures.within(next.value(), next),
        "80 %: " + Figures.within(next.low(), next) + " to " + Figures.within(next.high(), next));
  }

  private static Markup tile(String name, String number, String words) {
    return Markup.of(
            "div",
            Markup.of("p", name).as("name"),
            Markup.of("p", number).as("number"),
            Markup.of("p", words).as("words"))
        .as("tile");
  }

  private static String ahead(Findings findings) {
    int horizon = findings.choices().task().horizon();
    return horizon == 1 ? ", one row ahead" : ", 1 to " + horizon + " rows ahead";
  }
}
