package dev.rnn4j.examples.forecast;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptTrainings;
import dev.rnn4j.examples.cli.LastWords;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.choose.Fitted;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.choose.Trainings;
import dev.rnn4j.examples.forecast.choose.Wanted;
import dev.rnn4j.examples.forecast.judge.Backtest;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.examples.forecast.prepare.SeriesUse;
import dev.rnn4j.examples.forecast.report.BacktestText;
import dev.rnn4j.examples.forecast.report.ChoiceText;
import dev.rnn4j.examples.forecast.report.ReportValues;
import dev.rnn4j.examples.forecast.report.ScoreTable;
import dev.rnn4j.examples.forecast.report.VerdictText;
import dev.rnn4j.forecast.Forecaster;
import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.forecast.internal.model.ForecastModel;
import dev.rnn4j.forecast.internal.network.CellKind;
import dev.rnn4j.io.AtomicFiles;
import dev.rnn4j.split.RollingOrigin;
import dev.rnn4j.table.Table;
import dev.rnn4j.train.StopOnInterrupt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

  private static final String JAR =
      "java --add-modules jdk.incubator.vector -jar rnn-examples/target/rnn-examples.jar";

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
          "--backtest",
          "--checkpoint",
          "--resume",
          "--out");

  @Spec private CommandSpec spec;

  @Mixin private TableSource source;

  @Mixin private TaskOptions options;

  @Mixin private KeepOptions keep;

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
      converter = Numbers.Positive.class,
      description = "hidden units of each of the " + MEMBERS + " networks (default: chosen)")
  private Integer hidden;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "learning rate (default: ${DEFAULT-VALUE})")
  private double rate = 0.01;

  @Option(
      names = "--backtest",
      paramLabel = "K",
      converter = Numbers.Positive.class,
      description =
          "judge from K origins in the last 20 %% of the rows too: at each, what was chosen is fitted"
              + " anew to all rows before it, and forecasts up to the next (default: none)")
  private Integer backtest;

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
            option + " is for training, and " + model + " is trained; leave one of the two out");
      }
    }
    Forecaster forecaster = Forecaster.load(model, precision());
    if (source.isBundled() && !source.bundled().names().containsAll(forecaster.columns())) {
      throw new IllegalArgumentException(
          "name the table to forecast from with --csv; "
              + model
              + " reads "
              + String.join(", ", forecaster.columns()));
    }
    Table read = read(forecaster::reading);
    print(forecaster);
    List<Outlook> next = forecaster.next(read);
    forecaster.remarks(read, next).forEach(this::say);
    ReportValues.note(next, report);
    next.forEach(this::print);
  }

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    String trained = "the model is trained";
    return model == null
        ? ImmutableMap.of()
        : ImmutableMap.of("--seed", trained, "--epochs", trained);
  }

  @Override
  protected int leastEpochs() {
    return 1;
  }

  private void train(Report report) throws IOException {
    int epochs = epochs(EPOCHS);
    if (hidden != null && hidden > LARGEST_HIDDEN) {
      throw new IllegalArgumentException(
          "--hidden takes 1 to " + LARGEST_HIDDEN + ", and not " + hidden);
    }
    Table read = read(UnaryOperator.identity());
    Wanted wanted = options.wanted(read, source.isBundled());
    List<RollingOrigin.Fold> folds = folds(wanted);
    OutputFolder folder = OutputFolder.at(out);
    NetworkSearch.Plan plan = plan(epochs);
    try (KeptTrainings kept = keep.several(KeptSettings.of(read, wanted, plan, precision()))) {
      train(wanted, plan, folds, folder, kept, report);
    }
  }

  private static String learnt(int windows) {
    return windows == 1 ? "1 window is learnt from," : windows + " windows are learnt from,";
  }

  private void train(
      Wanted wanted,
      NetworkSearch.Plan plan,
      List<RollingOrigin.Fold> folds,
      OutputFolder folder,
      KeptTrainings kept,
      Report report)
      throws IOException {
    print(wanted.table());
    wanted.remarks().forEach(this::print);
    Trainings trainings = new Trainings(System.err, kept);
    Choices choices;
    try (LastWords words = kept.sayWhenStopped()) {
      choices = Choices.of(wanted, plan, precision(), this::say, trainings);
    }
    new ChoiceText(choices, plan).lines().forEach(this::print);
    Part part = choices.origins().last(choices.task(), choices.table());
    print(part.all().describe().stripTrailing());
    part.remarks().forEach(this::print);
    print(
        learnt(part.train().size()),
        part.test().size() + (part.test().size() == 1 ? " is unseen" : " are unseen"));
    SeriesUse.remarks(part).forEach(this::print);
    // After Ctrl-C, the JVM waits for the end of this block, where all files are written.
    try (StopOnInterrupt interrupt = StopOnInterrupt.of(trainings::stop)) {
      Fitted fitted = Fitted.of(choices, plan, part, precision(), trainings, "fit");
      if (fitted.isStopped() && fitted.isLinear()) {
        print("stopped before the first update; nothing is written");
        return;
      }
      print(fitted.ending());
      ForecastModel trained = fitted.model().readAs(source.settings());
      folder.keep(trained);
      boolean stopped;
      try {
        Backtest tested =
            Backtest.of(choices, plan, folds, fitted, precision(), this::say, trainings);
        Findings findings = Findings.of(choices, plan, part, fitted, tested);
        finish(folder, findings, report);
        stopped = findings.isStopped();
      } catch (IOException | RuntimeException | Error e) {
        say("the trained model is kept in '" + folder.kept() + "'; other files are as they were");
        throw e;
      }
      if (!stopped) {
        kept.finish(trained::save);
      }
    }
  }

  private NetworkSearch.Plan plan(int epochs) {
    return new NetworkSearch.Plan(
        cell,
        MEMBERS,
        hidden == null ? HIDDEN : List.of(hidden),
        epochs,
        spec.commandLine().getParseResult().hasMatchedOption("--epochs"),
        rate,
        seed(0));
  }

  private List<RollingOrigin.Fold> folds(Wanted wanted) {
    if (backtest == null) {
      return List.of();
    }
    return wanted.origins().backtest(wanted.task(), wanted.table(), backtest);
  }

  /** Does everything that can fail after the training: its model is written already. */
  private void finish(OutputFolder folder, Findings findings, Report report) throws IOException {
    ScoreTable.of(findings).forEach(this::print);
    VerdictText.of(findings.judgement()).forEach(this::print);
    if (!findings.backtest().isEmpty()) {
      BacktestText.of(findings.backtest()).forEach(this::print);
    }
    ReportValues.note(findings, report);
    try (AtomicFiles files = new AtomicFiles()) {
      List<String> written = folder.write(files, findings, command(), this::say);
      commit(files, report);
      print("written to " + folder + ": " + String.join(", ", written));
    }
    if (findings.next().isEmpty()) {
      print("nothing is forecast beyond the table: " + findings.withoutNext());
    }
    findings.remarks().forEach(this::say);
    findings.next().forEach(this::print);
  }

  /** Returns what repeats this run from its beginning: the arguments as they were, for a shell. */
  private String command() {
    List<String> given = spec.root().commandLine().getParseResult().originalArgs();
    return KeepOptions.leftOutOf(given).stream()
        .map(Forecast::quoted)
        .collect(Collectors.joining(" ", JAR + " ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w./:=,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private Table read(UnaryOperator<Csv> kept) {
    if (!source.isBundled()) {
      say("reading the table");
    }
    return source.read(kept);
  }
}
