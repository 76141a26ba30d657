package dev.rnn4j.examples.forecast;

import dev.rnn4j.report.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The scores of all methods as people read them. */
final class ScoreTable {
  private ScoreTable() {}

  /** Returns its lines. */
  static List<String> of(Comparison comparison, int members) {
    int rows = comparison.actual().length;
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%s on %d unseen rows, %s to %s:",
            comparison.target(),
            rows,
            comparison.rows().get(0),
            comparison.rows().get(rows - 1)));
    lines.add(String.format(Locale.ROOT, "%-24s%10s%10s", "", "RMSE", "MAE"));
    comparison
        .scores()
        .forEach(
            (name, score) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%-24s%10s%10s%s",
                        name.equals(Comparison.NETWORK)
                            ? "network (mean of " + members + ")"
                            : name,
                        Readable.of(score.rmse(), 4),
                        Readable.of(score.mae(), 4),
                        score.count() == rows ? "" : "  on " + score.count())));
    lines.add("");
    return lines;
  }
}
