package dev.rnn4j.examples.forecast.report;

import dev.rnn4j.examples.forecast.judge.Backtest;
import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Judgement;
import dev.rnn4j.examples.forecast.judge.Score;
import dev.rnn4j.report.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The errors of a backtest as people read them: by origin, and by how far ahead they look. */
public final class BacktestText {
  private static final String ALL = "all";

  private BacktestText() {}

  /** Returns how it was done, in a sentence. */
  public static String sentence(Backtest backtest) {
    return "backtest from "
        + backtest.origins().size()
        + (backtest.origins().size() == 1 ? " origin" : " origins")
        + " in the unseen rows: at each, the chosen model is fitted anew to all rows before it, and"
        + " forecasts up to the next";
  }

  /** Returns its lines. */
  public static List<String> of(Backtest backtest) {
    List<String> lines = new ArrayList<>(List.of(sentence(backtest)));
    for (String target : backtest.origins().get(0).judgement().targets()) {
      lines.addAll(byOrigin(backtest, target).aligned());
      Grid ahead = byHorizon(backtest, target);
      if (ahead.rows().size() > 1) {
        lines.addAll(ahead.aligned());
      }
    }
    lines.add("");
    return lines;
  }

  /** Returns the errors of each method from each origin, and from all. */
  public static Grid byOrigin(Backtest backtest, String target) {
    List<String> methods = List.copyOf(backtest.scores(target).keySet());
    List<List<String>> rows = new ArrayList<>();
    for (Backtest.Origin origin : backtest.origins()) {
      rows.add(row(origin.name(), methods, origin.judgement().scores(target)));
    }
    rows.add(row(ALL, methods, backtest.scores(target)));
    return grid("RMSE of " + target + " by origin:", "origin", methods, rows);
  }

  /** Returns the errors of each method by rows ahead, from all origins. */
  public static Grid byHorizon(Backtest backtest, String target) {
    Judgement first = backtest.origins().get(0).judgement();
    List<String> methods = List.copyOf(backtest.scores(target).keySet());
    List<List<String>> rows =
        first.of(target).stream()
            .map(Comparison::ahead)
            .map(ahead -> row(ahead.toString(), methods, backtest.scores(target, ahead)))
            .toList();
    return grid("RMSE of " + target + " by rows ahead, from all origins:", "ahead", methods, rows);
  }

  private static Grid grid(
      String title, String corner, List<String> methods, List<List<String>> rows) {
    List<String> header = new ArrayList<>(List.of(corner));
    header.addAll(methods);
    header.add("80 %");
    return new Grid(title, header, rows, -1, -1);
  }

  /** The last cell is how much lay in the network's interval. */
  private static List<String> row(String name, List<String> methods, Map<String, Score> scores) {
    List<String> row = new ArrayList<>(List.of(name));
    for (String method : methods) {
      row.add(scores.containsKey(method) ? error(scores.get(method)) : "");
    }
    row.add(scores.get(Comparison.NETWORK).held());
    return row;
  }

  private static String error(Score score) {
    return score.count() == 0 ? "" : Readable.of(score.rmse(), 4);
  }
}
