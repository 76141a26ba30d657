package dev.rnn4j.examples.forecast.report;

import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.judge.Backtest;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.judge.Judgement;
import dev.rnn4j.examples.forecast.judge.Score;
import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.forecast.internal.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a run as its report has them. */
public final class ReportValues {
  private ReportValues() {}

  /** Notes what was chosen, how good it is, and what follows the table. */
  public static void note(Findings findings, Report report) {
    Task task = findings.choices().task();
    NetworkSearch.Plan plan = findings.plan();
    report
        .setting("seed", plan.seed())
        .setting("epochs", findings.fitted().history().epochs().size())
        .setting("learningRate", plan.rate())
        .setting("members", plan.members())
        .setting("cell", plan.cell().key())
        .setting("hidden", findings.choices().network().hidden())
        .setting("window", task.window())
        .setting("horizon", task.horizon())
        .setting("transform", task.targets().get(0).transform().key())
        .setting("ridge", findings.choices().ridge())
        .setting("data", findings.choices().table().source())
        .setting("target", String.join(",", task.targetNames()))
        .setting("inputs", task.inputs());
    of(findings.judgement()).forEach(report::value);
    if (!findings.backtest().isEmpty()) {
      report.value(
          "backtest", findings.backtest().origins().stream().map(ReportValues::of).toList());
    }
    if (!findings.next().isEmpty()) {
      note(findings.next(), report);
    }
  }

  private static Map<String, Object> of(Backtest.Origin origin) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("origin", origin.name());
    values.put("windowsLearnt", origin.learnt());
    values.putAll(of(origin.judgement()));
    return values;
  }

  private static Map<String, Object> of(Judgement judgement) {
    Map<String, Object> byTarget = new LinkedHashMap<>();
    judgement.targets().forEach(target -> byTarget.put(target, of(judgement, target)));
    return byTarget.size() > 1
        ? Map.of("targets", byTarget)
        : of(judgement, judgement.targets().get(0));
  }

  private static Map<String, Object> of(Judgement judgement, String target) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("scores", of(judgement.scores(target)));
    Map<String, Object> byHorizon = new LinkedHashMap<>();
    judgement
        .of(target)
        .forEach(one -> byHorizon.put(Integer.toString(one.ahead()), of(one.scores())));
    if (byHorizon.size() > 1) {
      values.put("scoresByHorizon", byHorizon);
    }
    return values;
  }

  private static Map<String, Object> of(Map<String, Score> scores) {
    Map<String, Object> values = new LinkedHashMap<>();
    scores.forEach(
        (name, score) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("rmse", score.rmse());
          one.put("mae", score.mae());
          one.put("mase", score.mase());
          one.put("pinball", score.pinball());
          one.put("coverage", score.coverage());
          one.put("rows", score.count());
          values.put(name, one);
        });
    return values;
  }

  /** Notes what follows the last row. */
  public static void note(List<Outlook> next, Report report) {
    boolean several = next.stream().map(Outlook::target).distinct().count() > 1;
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    for (Outlook outlook : next) {
      String name = outlook.row() + (several ? ", " + outlook.target() : "");
      values.put(name, outlook.value());
      intervals.put(name, List.of(outlook.low(), outlook.high()));
    }
    report.value("next", values).value("nextIntervals", intervals);
  }
}
