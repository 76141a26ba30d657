package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.forecast.internal.quantile.Band;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the model said of the unseen rows, beside what happened and the best baseline. */
final class Unseen {
  private static final int DRAWN_ROWS = 120;

  private Unseen() {}

  static Markup of(Findings findings) {
    List<Markup> charts = new ArrayList<>();
    for (String target : findings.judgement().targets()) {
      List<Comparison> byHorizon = findings.judgement().of(target);
      charts.addAll(charts(byHorizon.get(0)));
      if (byHorizon.size() > 1) {
        charts.addAll(charts(byHorizon.get(byHorizon.size() - 1)));
      }
    }
    return Markup.all(DrawnSeries.remark(findings.judgement().first()), charts);
  }

  private static List<Markup> charts(Comparison all) {
    return all.series().isEmpty()
        ? List.of(chart(all, ""))
        : DrawnSeries.of(all).stream().map(name -> chart(all.of(name), " of " + name)).toList();
  }

  private static Markup chart(Comparison all, String whose) {
    Comparison drawn = all.last(DRAWN_ROWS);
    Band model = drawn.network();
    Optional<String> best = all.best();
    double[] baseline = best.map(name -> drawn.methods().get(name).point()).orElse(new double[0]);
    double[][] numbers =
        Stream.of(drawn.actual(), model.low(), model.high(), model.point(), baseline)
            .toArray(double[][]::new);
    return new Chart(title(all, drawn, whose), drawn.rows(), Scale.of(numbers))
        .band("model", "80 % interval", model.low(), model.high())
        .line("base", best.orElse(""), baseline)
        .line("actual", "what happened", drawn.actual())
        .line("model", "model", model.point())
        .markup();
  }

  private static String title(Comparison all, Comparison drawn, String whose) {
    return all.target()
        + whose
        + ", "
        + (drawn.size() < all.size() ? "the last " + drawn.size() + " of " : "")
        + Figures.count(all.size(), "unseen row")
        + (all.ahead() == 1 ? ", one row ahead" : ", " + all.ahead() + " rows ahead");
  }
}
