package dev.rnn4j.examples.forecast.report;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.judge.Judgement;
import dev.rnn4j.examples.forecast.judge.Score;
import dev.rnn4j.report.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scores of all methods as people read them. */
public final class ScoreTable {
  private ScoreTable() {}

  /** Returns its lines; where no network corrects the linear model, the table says so. */
  public static List<String> of(Findings findings) {
    String model =
        findings.fitted().isLinear()
            ? "network (none helps)"
            : "network (mean of " + findings.plan().members() + ")";
    Judgement judgement = findings.judgement();
    List<String> lines = new ArrayList<>();
    judgement.targets().forEach(target -> lines.addAll(of(judgement, target, model)));
    lines.add("");
    return lines;
  }

  private static List<String> of(Judgement judgement, String target, String model) {
    List<Comparison> comparisons = judgement.of(target);
    Comparison first = comparisons.get(0);
    int rows = first.size();
    int horizon = comparisons.size();
    Map<String, Score> scores = judgement.scores(target);
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(title(first, horizon));
    lines.add(line("", "RMSE", "MAE", "MASE", "pinball", "80 %", ""));
    scores.forEach(
        (name, score) ->
            lines.add(
                line(
                    name.equals(Comparison.NETWORK) ? model : name,
                    score,
                    score.count() == rows * horizon ? "" : "  on " + score.count())));
    if (horizon > 1) {
      lines.add("");
      lines.add(
          line("network, rows ahead", "RMSE", "MAE", "MASE", "pinball", "80 %", "best baseline"));
      comparisons.forEach(comparison -> lines.add(ahead(comparison)));
    }
    return lines;
  }

  /** Returns what was judged, in words. */
  static String title(Comparison first, int horizon) {
    int rows = first.size();
    return String.format(
        Locale.ROOT,
        "%s on %d unseen %s%s, %s%s%s:",
        first.target(),
        rows,
        rows == 1 ? "row" : "rows",
        first.series().map(all -> " of " + all.stream().distinct().count() + " series").orElse(""),
        first.rows().get(0),
        rows == 1 ? "" : " to " + first.rows().get(rows - 1),
        horizon == 1 ? "" : ", and 1 to " + horizon + " rows ahead");
  }

  private static String ahead(Comparison comparison) {
    Map<String, Score> scores = comparison.scores();
    String best =
        comparison
            .best()
            .map(name -> "  " + Readable.of(scores.get(name).rmse(), 4) + " (" + name + ")")
            .orElse("");
    return line(Integer.toString(comparison.ahead()), scores.get(Comparison.NETWORK), best);
  }

  private static String line(String name, Score score, String end) {
    return line(
        name,
        cell(score.rmse(), 4),
        cell(score.mae(), 4),
        cell(score.mase(), 3),
        cell(score.pinball(), 3),
        score.held(),
        end);
  }

  private static String cell(double value, int digits) {
    return Double.isFinite(value) ? Readable.of(value, digits) : "";
  }

  private static String line(String name, String... cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
    for (int i = 0; i < cells.length - 1; i++) {
      line.append(String.format(Locale.ROOT, " %9s", cells[i]));
    }
    String end = cells[cells.length - 1];
    return line.append(end.isEmpty() || end.startsWith(" ") ? end : "  " + end).toString();
  }
}
