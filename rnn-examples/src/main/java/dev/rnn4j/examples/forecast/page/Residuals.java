package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the forecasts of the next row left: what happened less what was expected. */
final class Residuals {
  /** More rows are drawn some together, each stroke from their smallest to their largest. */
  private static final int DRAWN = 400;

  private static final double[] WHISKERS = {0.1, 0.25, 0.5, 0.75, 0.9};

  private Residuals() {}

  static Markup of(Findings findings) {
    List<Markup> parts = new ArrayList<>();
    for (String target : findings.judgement().targets()) {
      Comparison all = findings.judgement().of(target).get(0);
      if (all.series().isEmpty()) {
        parts.add(overTime(all, target));
      }
      DrawnSeries.of(all)
          .forEach(name -> parts.add(overTime(all.of(name), target + " of " + name)));
      double[] left = all.series().map(names -> inUnits(names, left(all))).orElse(left(all));
      String whose =
          target + (all.series().isPresent() ? ", in units of the RMSE of each series," : "");
      Season.of(findings, target).forEach(season -> parts.add(bySeason(whose, season, left)));
    }
    return Markup.all(DrawnSeries.remark(findings.judgement().first()), parts);
  }

  private static double[] left(Comparison one) {
    double[] left = new double[one.size()];
    Arrays.setAll(left, i -> one.actual()[i] - one.network().point()[i]);
    return left;
  }

  /** Of series of different sizes, residuals are compared in units of their own. */
  private static double[] inUnits(List<String> names, double[] left) {
    Map<String, DoubleSummaryStatistics> squares = new HashMap<>();
    for (int i = 0; i < left.length; i++) {
      squares
          .computeIfAbsent(names.get(i), name -> new DoubleSummaryStatistics())
          .accept(left[i] * left[i]);
    }
    double[] own = new double[left.length];
    Arrays.setAll(own, i -> left[i] / Math.sqrt(squares.get(names.get(i)).getAverage()));
    return own;
  }

  private static Markup overTime(Comparison one, String whose) {
    double[] left = left(one);
    String title =
        "Residuals of " + whose + " over time, mean " + Figures.of(DoubleArrays.mean(left));
    if (left.length <= DRAWN) {
      return chart(title, one.rows(), left, left)
          .line("zero", "", new double[left.length])
          .dots("actual", "", left)
          .markup();
    }
    int[] first =
        IntStream.range(0, DRAWN).map(i -> (int) ((long) i * left.length / DRAWN)).toArray();
    double[] low = new double[DRAWN];
    double[] high = new double[DRAWN];
    for (int i = 0; i < DRAWN; i++) {
      int to = i + 1 < DRAWN ? first[i + 1] : left.length;
      double[] sorted = DoubleArrays.sorted(Arrays.copyOfRange(left, first[i], to));
      low[i] = sorted.length == 0 ? Double.NaN : sorted[0];
      high[i] = sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }
    List<String> names = IntStream.of(first).mapToObj(one.rows()::get).toList();
    return chart(title, names, low, high)
        .line("zero", "", new double[DRAWN])
        .ranges("actual", "", low, high)
        .markup();
  }

  private static Chart chart(String title, List<String> names, double[] low, double[] high) {
    return new Chart(title, names, Scale.of(low, high, new double[] {0}));
  }

  private static Markup bySeason(String whose, Season season, double[] left) {
    int count = season.names().size();
    double[][] at = new double[WHISKERS.length][count];
    for (int part = 0; part < count; part++) {
      int number = part;
      double[] sorted =
          DoubleArrays.sorted(
              IntStream.range(0, left.length)
                  .filter(i -> season.partOf()[i] == number)
                  .mapToDouble(i -> left[i])
                  .toArray());
      for (int i = 0; i < WHISKERS.length; i++) {
        at[i][part] = sorted.length == 0 ? Double.NaN : DoubleArrays.quantile(sorted, WHISKERS[i]);
      }
    }
    return chart("Residuals of " + whose + " by " + season.title(), season.names(), at[0], at[4])
        .line("zero", "", new double[count])
        .ranges("actual thin", "10 to 90 %", at[0], at[4])
        .ranges("actual thick", "25 to 75 %", at[1], at[3])
        .dots("model", "median", at[2])
        .markup();
  }
}
