package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Backtest;
import dev.rnn4j.examples.forecast.report.BacktestText;
import dev.rnn4j.examples.forecast.report.Grid;
import java.util.ArrayList;
import java.util.List;

/** What a backtest found, by origin and by how far ahead it looks. */
final class Backtests {
  private Backtests() {}

  static Markup of(Backtest backtest) {
    List<Markup> parts = new ArrayList<>();
    String sentence = BacktestText.sentence(backtest);
    parts.add(Markup.of("p", "A " + sentence + ". The choices and the width of intervals stay."));
    for (String target : backtest.origins().get(0).judgement().targets()) {
      parts.add(Cells.table(BacktestText.byOrigin(backtest, target)));
      Grid ahead = BacktestText.byHorizon(backtest, target);
      if (ahead.rows().size() > 1) {
        parts.add(Cells.table(ahead));
      }
    }
    return Markup.all(parts);
  }
}
