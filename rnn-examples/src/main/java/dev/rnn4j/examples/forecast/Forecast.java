package dev.rnn4j.examples.forecast;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.io.AtomicFiles;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import dev.rnn4j.train.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Trains a network to forecast, compares it with what is simpler, and keeps it. */
@Command(
    name = "forecast",
    description = "tomorrow's maximum temperature, or the next value of a column of your table")
public final class Forecast extends Scenario {
  private static final int MEMBERS = 8;
  private static final int LARGEST_HIDDEN = 1024;
  private static final int EPOCHS = 60;

  /** Numbers of hidden units that are tried. */
  private static final List<Integer> HIDDEN = List.of(4, 8);

  /** A cell by its name. */
  static final class CellName implements ITypeConverter<CellKind> {
    @Override
    public CellKind convert(String text) {
      return Stream.of(CellKind.values())
          .filter(one -> one.key().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is not one of " + CellKind.keys()));
    }
  }

  /** What a model knows by itself. */
  private static final List<String> TRAINING_OPTIONS =
      List.of(
          "--date",
          "--time",
          "--target",
          "--features",
          "--window",
          "--transform",
          "--horizon",
          "--known",
          "--series",
          "--gaps",
          "--cell",
          "--largest-step",
          "--hidden",
          "--rate",
          "--out");

  @Spec private CommandSpec spec;

  @Mixin private TableSource source;

  @Mixin private TaskOptions options;

  @Option(
      names = "--cell",
      paramLabel = "C",
      converter = CellName.class,
      description =
          "what reads the windows: elman, gru, lstm, mgu, janet, peephole, indrnn or lem"
              + " (default: elman)")
  private CellKind cell = CellKind.ELMAN;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "hidden units of each of the " + MEMBERS + " networks (default: chosen)")
  private Integer hidden;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "learning rate (default: ${DEFAULT-VALUE})")
  private double rate = 0.01;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "where to write (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("out", "forecast");

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "forecast the next values with a model that this command wrote")
  private Path model;

  @Override
  protected void run(Report report) throws IOException {
    if (model == null) {
      train(report);
    } else {
      predict(report);
    }
  }

  private void predict(Report report) throws IOException {
    for (String option : TRAINING_OPTIONS) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new IllegalArgumentException(
            option + " is for training, and " + model + " is trained; leave one of both out");
      }
    }
    Forecaster forecaster = ForecasterFile.load(model, Optional.of(precision()));
    Table read = read();
    print(forecaster);
    next(forecaster.next(read), report).forEach(this::print);
  }

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    String trained = "the model is trained";
    return model == null
        ? ImmutableMap.of()
        : ImmutableMap.of("--seed", trained, "--epochs", trained);
  }

  private void train(Report report) throws IOException {
    int epochs = epochs(EPOCHS);
    Numbers.requirePositive("--epochs", epochs);
    if (hidden != null && (hidden < 1 || hidden > LARGEST_HIDDEN)) {
      throw new IllegalArgumentException(
          "--hidden takes 1 to " + LARGEST_HIDDEN + ", and not " + hidden);
    }
    TaskOptions.Wanted wanted = options.wanted(read(), source.isBundled());
    OutputFolder folder = OutputFolder.at(out);
    print(wanted.table());
    wanted.remarks().forEach(this::print);
    List<Integer> sizes = hidden == null ? HIDDEN : List.of(hidden);
    NetworkSearch.Plan plan =
        new NetworkSearch.Plan(
            cell,
            MEMBERS,
            sizes,
            epochs,
            spec.commandLine().getParseResult().hasMatchedOption("--epochs"),
            rate,
            seed(0));
    Choices choices = Choosing.of(wanted, plan, precision(), this::print, this::say);
    Part part = choices.origins().last(choices.task(), choices.table());
    print(part.all().describe().stripTrailing());
    print(part.train().size() + " windows are learnt from,", part.test().size() + " are unseen");
    Fitted fitted = Fitted.of(choices, plan, part, precision(), System.err);
    if (fitted.history().ending() == History.Ending.STOPPED
        && fitted.history().updates().isEmpty()) {
      print("stopped before the first update; nothing is written");
      return;
    }
    print(fitted.ending());
    folder.keep(fitted.forecaster());
    try {
      finish(folder, fitted, choices, part, report);
    } catch (IOException | RuntimeException | Error e) {
      say("the trained model is kept in '" + folder.kept() + "'; other files are as they were");
      throw e;
    }
  }

  /** Does everything that can fail after the training: its model is written already. */
  private void finish(OutputFolder folder, Fitted fitted, Choices choices, Part part, Report report)
      throws IOException {
    Forecaster forecaster = fitted.forecaster();
    Bands network = forecaster.forecast(part.table(), part.test());
    Judgement judgement = Judgement.of(choices, part, part.test(), network);
    ScoreTable.of(judgement, MEMBERS).forEach(this::print);
    report(report, fitted, judgement, choices);
    List<String> next = nextIfKnown(forecaster, choices.table(), report);
    try (AtomicFiles files = new AtomicFiles()) {
      String name = fileName(choices.table().source());
      List<String> written = folder.write(files, judgement, fitted.history(), name, this::say);
      commit(files, report);
      print("written to " + folder + ": " + String.join(", ", written));
    }
    next.forEach(this::print);
  }

  private Table read() {
    if (!source.isBundled()) {
      say("reading the table");
    }
    return source.read();
  }

  private List<String> nextIfKnown(Forecaster forecaster, Table table, Report report) {
    try {
      return next(forecaster.nextOf(table), report);
    } catch (DataException e) {
      return List.of("nothing is forecast beyond the table: " + e.getMessage());
    }
  }

  private static String fileName(String source) {
    return Path.of(source).getFileName().toString();
  }

  private void report(Report report, Fitted fitted, Judgement judgement, Choices choices) {
    Task task = choices.task();
    report
        .setting("seed", seed(0))
        .setting("epochs", fitted.history().epochs().size())
        .setting("learningRate", rate)
        .setting("members", MEMBERS)
        .setting("cell", cell.key())
        .setting("hidden", choices.network().hidden())
        .setting("window", task.window())
        .setting("horizon", task.horizon())
        .setting("transform", task.targets().get(0).transform().key())
        .setting("ridge", choices.ridge())
        .setting("data", choices.table().source())
        .setting("target", String.join(",", task.targetNames()))
        .setting("inputs", task.inputs());
    boolean several = judgement.targets().size() > 1;
    Map<String, Object> byTarget = new LinkedHashMap<>();
    for (String target : judgement.targets()) {
      Map<String, Object> byHorizon = new LinkedHashMap<>();
      judgement
          .of(target)
          .forEach(one -> byHorizon.put(Integer.toString(one.ahead()), values(one.scores())));
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("scores", values(judgement.scores(target)));
      if (task.horizon() > 1) {
        all.put("scoresByHorizon", byHorizon);
      }
      if (several) {
        byTarget.put(target, all);
      } else {
        all.forEach(report::value);
      }
    }
    if (several) {
      report.value("targets", byTarget);
    }
  }

  private static Map<String, Object> values(Map<String, Score> scores) {
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

  private static List<String> next(List<Outlook> next, Report report) {
    boolean several = next.stream().map(Outlook::target).distinct().count() > 1;
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    for (Outlook outlook : next) {
      String name = outlook.row() + (several ? ", " + outlook.target() : "");
      values.put(name, outlook.value());
      intervals.put(name, List.of(outlook.low(), outlook.high()));
    }
    report.value("next", values).value("nextIntervals", intervals);
    return next.stream().map(Outlook::toString).toList();
  }
}
