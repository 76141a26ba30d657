package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.judge.Judgement;
import dev.rnn4j.examples.forecast.judge.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scores of the model and of every baseline, overall and by how far ahead they look. */
final class Scores {
  /** From so many horizons on, a chart shows them too. */
  private static final int DRAWN = 3;

  private static final String MODEL = "model";

  private Scores() {}

  static Markup of(Findings findings) {
    Judgement judgement = findings.judgement();
    List<Markup> parts = new ArrayList<>();
    for (String target : judgement.targets()) {
      if (judgement.targets().size() > 1) {
        parts.add(Markup.of("h3", target));
      }
      parts.add(overall(judgement.scores(target)));
      List<Comparison> byHorizon = judgement.of(target);
      if (byHorizon.size() > 1) {
        parts.add(
            byHorizon.size() < DRAWN
                ? Markup.of("h3", "RMSE by rows ahead")
                : chart(target, byHorizon));
        parts.add(byHorizon(byHorizon));
      }
    }
    parts.add(
        Markup.of(
                "p",
                "RMSE and MAE are in the unit of the target. MASE below 1 is better than the naive"
                    + " forecast was on the rows that are known. Pinball is the loss of the"
                    + " quantiles 10, 50 and 90 %. The column 80 % says how much of what happened"
                    + " lay in the interval.")
            .as("small"));
    return Markup.all(parts);
  }

  /** Returns the name of a method as the page has it. */
  static String name(String method) {
    return method.equals(Comparison.NETWORK) ? MODEL : method;
  }

  private static Markup overall(Map<String, Score> scores) {
    double best =
        scores.values().stream().mapToDouble(Score::rmse).filter(Double::isFinite).min().orElse(0);
    List<Score> all = List.copyOf(scores.values());
    List<List<String>> rows = new ArrayList<>();
    scores.forEach(
        (method, score) ->
            rows.add(
                List.of(
                    name(method),
                    Figures.of(score.rmse()),
                    Figures.of(score.mae()),
                    Figures.of(score.mase()),
                    Figures.of(score.pinball()),
                    score.held(),
                    Integer.toString(score.count()))));
    return Cells.table(
        List.of("", "RMSE", "MAE", "MASE", "pinball", "80 %", "forecasts"),
        rows,
        (row, column) -> column == 1 && all.get(row).rmse() == best);
  }

  private static Markup byHorizon(List<Comparison> byHorizon) {
    List<String> methods = List.copyOf(byHorizon.get(0).methods().keySet());
    List<String> header = new ArrayList<>(List.of("ahead"));
    methods.forEach(method -> header.add(name(method)));
    header.add("80 %");
    List<List<String>> rows = new ArrayList<>();
    for (Comparison one : byHorizon) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(one.ahead())));
      methods.forEach(method -> row.add(Figures.of(rmse(one, method))));
      row.add(one.score(Comparison.NETWORK).held());
      rows.add(row);
    }
    return Cells.table(header, rows, (row, column) -> isBest(byHorizon.get(row), methods, column));
  }

  private static boolean isBest(Comparison one, List<String> methods, int column) {
    return column >= 1
        && column <= methods.size()
        && methods.stream()
            .noneMatch(other -> rmse(one, other) < rmse(one, methods.get(column - 1)))
        && rmse(one, methods.get(column - 1)) >= 0;
  }

  private static Markup chart(String target, List<Comparison> byHorizon) {
    double[] model = rmses(byHorizon, Comparison.NETWORK);
    List<String> columns = byHorizon.stream().map(one -> Integer.toString(one.ahead())).toList();
    // The linear model and persistence forecast all rows.
    String best = byHorizon.get(byHorizon.size() - 1).best().orElseThrow();
    double[] baseline = rmses(byHorizon, best);
    return new Chart(
            "RMSE of " + target + " by rows ahead",
            columns,
            Scale.of(new double[] {0}, model, baseline))
        .line("base", best, baseline)
        .line("model", MODEL, model)
        .dots("model", "", model)
        .markup();
  }

  private static double[] rmses(List<Comparison> byHorizon, String method) {
    return byHorizon.stream().mapToDouble(one -> rmse(one, method)).toArray();
  }

  private static double rmse(Comparison one, String method) {
    return one.methods().containsKey(method) ? one.score(method).rmse() : Double.NaN;
  }
}
