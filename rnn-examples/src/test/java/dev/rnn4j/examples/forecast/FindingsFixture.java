package dev.rnn4j.examples.forecast;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.cli.KeptTrainings;
import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.choose.Fitted;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.choose.Trainings;
import dev.rnn4j.examples.forecast.choose.Wanted;
import dev.rnn4j.examples.forecast.judge.Backtest;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.network.CellKind;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.History;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine;

/** What the command finds in a short table of shops, without its files. */
public final class FindingsFixture {
  private FindingsFixture() {}

  /** Returns what two small networks find that learn once from 30 days. */
  public static Findings of(int shops) {
    StringBuilder rows = new StringBuilder("shop,date,v\n");
    for (int shop = 0; shop < shops; shop++) {
      for (int day = 0; day < 30; day++) {
        rows.append("shop ").append(shop).append(',');
        rows.append(LocalDate.of(2024, 1, 1).plusDays(day)).append(',');
        rows.append(10 * shop + day % 7 + day % 5).append('\n');
      }
    }
    TaskOptions options = new TaskOptions();
    new CommandLine(options)
        .parseArgs("--date", "date", "--target", "v", "--series", "shop", "--window", "3");
    byte[] csv = rows.toString().getBytes(StandardCharsets.UTF_8);
    Wanted wanted =
        options.wanted(Csv.stream("t.csv", new ByteArrayInputStream(csv)).read(), false);
    NetworkSearch.Plan plan =
        new NetworkSearch.Plan(CellKind.ELMAN, 2, List.of(2), 1, true, 0.01, 0);
    Trainings trainings = new Trainings(System.err, KeptTrainings.none());
    Choices choices = Choices.of(wanted, plan, Precision.FLOAT64, what -> {}, trainings);
    Part part = choices.origins().last(choices.task(), choices.table());
    Fitted fitted = Fitted.of(choices, plan, part, Precision.FLOAT64, trainings, "fit");
    return Findings.of(choices, plan, part, fitted, new Backtest(List.of(), false));
  }

  /** Returns findings as if the training had gone otherwise. */
  public static Findings with(History history, Findings found) {
    return new Findings(
        found.choices(),
        found.plan(),
        found.part(),
        new Fitted(found.fitted().model(), history),
        found.judgement(),
        found.backtest(),
        found.next(),
        found.withoutNext());
  }
}
