package dev.rnn4j.examples.forecast;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.batch.Batches;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.io.AtomicFiles;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.report.ProgressBarListener;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.StopOnInterrupt;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network to forecast, compares it with what is simpler, and keeps it. */
@Command(
    name = "forecast",
    description = "tomorrow's maximum temperature, or the next value of a column of your table")
public final class Forecast extends Scenario {
  private static final int MEMBERS = 8;
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 0.01;
  private static final int PATIENCE = 40;
  private static final double CLIP = 0.2;
  private static final int BATCH = 256;
  private static final int SMALLEST_BATCH = 16;
  private static final int UPDATES = 4;
  private static final int LARGEST_HIDDEN = 1024;
  private static final int EVALUATION_BATCH = 512;

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
          "--largest-step",
          "--hidden",
          "--rate",
          "--out");

  @Spec private CommandSpec spec;

  @Mixin private TableSource source;

  @Mixin private TaskOptions options;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "hidden units of each of the " + MEMBERS + " networks (default: ${DEFAULT-VALUE})")
  private int hidden = 8;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "learning rate at the beginning (default: ${DEFAULT-VALUE})")
  private double rate = 0.05;

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
    Forecaster forecaster = ForecasterFile.load(model, precision());
    Table read = read();
    forecaster.requireColumns(read, model);
    Table table = forecaster.task().read(read);
    forecaster.requireSpacing(table);
    print(forecaster);
    next(forecaster, table, report).forEach(this::print);
  }

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    String trained = "the model is trained";
    return model == null
        ? ImmutableMap.of()
        : ImmutableMap.of("--seed", trained, "--epochs", trained);
  }

  private void train(Report report) throws IOException {
    int epochs = epochs(150);
    Numbers.requirePositive("--hidden", hidden);
    Numbers.requirePositive("--epochs", epochs);
    if (hidden > LARGEST_HIDDEN) {
      throw new IllegalArgumentException(
          "--hidden takes 1 to " + LARGEST_HIDDEN + ", and not " + hidden);
    }
    Choice choice = options.choose(read(), source.isBundled());
    Table table = choice.table();
    Task task = choice.task();
    Dataset data = Dataset.of(task, table);
    OutputFolder folder = OutputFolder.at(out);
    print(table);
    choice.remarks().forEach(this::print);
    print(data.windows().describe().stripTrailing());
    print(
        data.train().size() + " windows train,",
        data.validation().size() + " decide,",
        data.test().size() + " are unseen");
    print("an ensemble of", MEMBERS, "networks learns; their mean is the forecast");

    NumpyRandom random = new NumpyRandom(seed(0));
    Ensemble network = Ensemble.draw(MEMBERS, task.inputs().size(), hidden, task.horizon(), random);
    Batches batches = Batches.of(data.train(), batchSize(data)).shuffled(random).as(precision());
    Batches validation = Batches.of(data.validation(), EVALUATION_BATCH).as(precision());
    // One order is drawn and not used, as the first version did: a seed keeps its scores.
    batches.iterator();
    TrainingStep step = step(network, batches, epochs);
    Trainer trainer =
        Trainer.of(step)
            .epochs(epochs)
            .validation(() -> validation, PATIENCE)
            .listener(new MemberRates(MEMBERS, ProgressBarListener.to(System.err)));
    try (StopOnInterrupt interrupt = StopOnInterrupt.of(trainer)) {
      History history = run(trainer, batches);
      if (history.updates().isEmpty()) {
        print("stopped before the first update; nothing is written");
        return;
      }
      printEnding(history, data);
      Forecaster forecaster = Forecaster.of(data, network, step.weights());
      folder.keep(forecaster);
      try {
        finish(folder, forecaster, data, history, table, report);
      } catch (IOException | RuntimeException | Error e) {
        say("the trained model is kept in '" + folder.kept() + "'; other files are as they were");
        throw e;
      }
    }
  }

  /** Does everything that can fail after the training: its model is written already. */
  private void finish(
      OutputFolder folder,
      Forecaster forecaster,
      Dataset data,
      History history,
      Table table,
      Report report)
      throws IOException {
    Judgement judgement = Judgement.of(data, forecaster);
    ScoreTable.of(judgement, MEMBERS).forEach(this::print);
    report(report, history, judgement, forecaster.task(), table);
    List<String> next = nextIfKnown(forecaster, table, report);
    try (AtomicFiles files = new AtomicFiles()) {
      String name = fileName(table.source());
      List<String> written = folder.write(files, judgement, history, name, this::say);
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
      return next(forecaster, table, report);
    } catch (DataException e) {
      return List.of("nothing is forecast beyond the table: " + e.getMessage());
    }
  }

  /** In a short table, smaller batches: an epoch needs its updates. */
  private static int batchSize(Dataset data) {
    return Math.max(SMALLEST_BATCH, Math.min(BATCH, data.train().size() / UPDATES));
  }

  /** Every member has its share of the mean loss only, so the rate is for all of them. */
  private TrainingStep step(Ensemble network, Batches batches, int epochs) {
    return TrainingStep.of(network, network.loss())
        .optimizer(Sgd.rate(rate * MEMBERS).momentum(MOMENTUM).weightDecay(WEIGHT_DECAY / MEMBERS))
        .clip(Clip.byGlobalNorm(CLIP))
        .schedule(Schedule.cosine((long) epochs * batches.count(), 0))
        .compile(precision());
  }

  private static History run(Trainer trainer, Batches batches) {
    try {
      return trainer.run(() -> batches);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void printEnding(History history, Dataset data) {
    int epochs = history.epochs().size();
    String ran = epochs == 1 ? "1 epoch" : epochs + " epochs";
    Optional<EpochResult> best = history.best();
    print(
        switch (history.ending()) {
              case STOPPED -> "stopped after " + ran;
              case STOPPED_EARLY -> "no better for " + PATIENCE + " epochs, stopped after " + ran;
              default -> "ran " + ran;
            }
            + best.map(epoch -> "; the parameters are those of epoch " + epoch.epoch()).orElse(""));
  }

  private static String fileName(String source) {
    return Path.of(source).getFileName().toString();
  }

  private void report(Report report, History history, Judgement judgement, Task task, Table table) {
    report
        .setting("seed", seed(0))
        .setting("epochs", history.epochs().size())
        .setting("learningRate", rate)
        .setting("members", MEMBERS)
        .setting("hidden", hidden)
        .setting("window", task.window())
        .setting("horizon", task.horizon())
        .setting("transform", task.transform().key())
        .setting("data", table.source())
        .setting("target", task.target())
        .setting("inputs", task.inputs());
    report.value("scores", values(judgement.scores()));
    if (task.horizon() > 1) {
      Map<String, Object> byHorizon = new LinkedHashMap<>();
      judgement
          .byHorizon()
          .forEach(one -> byHorizon.put(Integer.toString(one.ahead()), values(one.scores())));
      report.value("scoresByHorizon", byHorizon);
    }
    history.best().ifPresent(best -> report.value("bestEpoch", best.epoch()));
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

  private List<String> next(Forecaster forecaster, Table table, Report report) {
    Map<String, Outlook> next = forecaster.next(table);
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    next.forEach(
        (name, outlook) -> {
          values.put(name, outlook.value());
          intervals.put(name, List.of(outlook.low(), outlook.high()));
        });
    report.value("next", values).value("nextIntervals", intervals);
    String target = forecaster.task().target();
    return next.entrySet().stream()
        .map(row -> row.getKey() + ": " + target + " " + row.getValue())
        .toList();
  }
}
