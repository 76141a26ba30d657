package dev.rnn4j.examples.forecast.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rnn4j.examples.forecast.judge.Backtest;
import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Score;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** The scores of a backtest as a table: a line for each origin, target, horizon and method. */
public final class BacktestCsv {
  private BacktestCsv() {}

  /** Writes all lines. */
  public static void write(Backtest backtest, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    csv.writeRecord(
        "origin",
        "windows_learnt",
        "target",
        "ahead",
        "method",
        "forecasts",
        "rmse",
        "mae",
        "mase",
        "pinball",
        "coverage");
    for (Backtest.Origin origin : backtest.origins()) {
      for (Comparison comparison : origin.judgement().comparisons()) {
        comparison
            .scores()
            .forEach((method, score) -> write(csv, origin, comparison, method, score));
      }
    }
    csv.flush();
  }

  private static void write(
      CsvWriter csv, Backtest.Origin origin, Comparison comparison, String method, Score score) {
    csv.writeRecord(
        origin.name(),
        Integer.toString(origin.learnt()),
        comparison.target(),
        Integer.toString(comparison.ahead()),
        method,
        Integer.toString(score.count()),
        cell(score.rmse()),
        cell(score.mae()),
        cell(score.mase()),
        cell(score.pinball()),
        cell(score.coverage()));
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
