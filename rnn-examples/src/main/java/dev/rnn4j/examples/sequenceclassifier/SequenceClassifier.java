package dev.rnn4j.examples.sequenceclassifier;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.cli.Experiment;
import dev.rnn4j.examples.cli.Names;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.TableOptions;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Pooling;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metric;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Learns to classify sequences: those of a table with a row for each step, or six kinds of control
 * charts. It learns from three quarters of the sequences, and is judged on the others.
 */
@Command(
    name = "sequence-classifier",
    description = "tells classes of sequences apart: of a CSV of yours, or six control charts")
public final class SequenceClassifier extends Experiment {
  private static final int NODES = 32;
  private static final int BATCH = 30;
  private static final int CHARTS_OF_A_KIND = 100;

  /** With so many, there is one to judge by. */
  private static final int LEAST = 4;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "a table with a row for each step (default: 600 control charts)")
  private Path csv;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description = "tells sequences apart (default: id)")
  private String id;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "the order of a sequence's rows (default: time)")
  private String time;

  @Option(names = "--label", paramLabel = "COLUMN", description = "the class (default: label)")
  private String label;

  @Option(
      names = "--features",
      paramLabel = "A,B",
      description = "the columns to learn from (default: all others)")
  private List<String> features;

  @Mixin private TableOptions table;

  @Override
  protected void run(Report report) throws IOException {
    int updates = updates(900);
    Labelled own = csv == null ? null : read();
    if (own == null) {
      table.requireUnset();
      requireNoColumns();
      print("right of 150 control charts, learned from 450 in", updates, "updates of 30");
    } else {
      print("right of a quarter of", own.size(), "sequences of", own.classes().size(), "classes,");
      print("learned from the others in", updates, "updates of 30");
    }
    forEachSeed(report, 5, "%", seed -> 100 * accuracy(own, seed, updates));
    if (own == null) {
      print("wanted: 98.7 %");
    }
  }

  /** Checks that no column is named where there is no table of the user's to read. */
  private void requireNoColumns() {
    Map<String, Boolean> named = new LinkedHashMap<>();
    named.put("--id", id != null);
    named.put("--time", time != null);
    named.put("--label", label != null);
    named.put("--features", features != null);
    named.forEach(
        (option, given) -> {
          if (given) {
            throw TableOptions.ownTable(option);
          }
        });
  }

  private double accuracy(Labelled own, long seed, int updates) {
    Philox random = new Philox(seed);
    Labelled all = own == null ? ControlCharts.draw(CHARTS_OF_A_KIND, random) : own;
    List<Integer> order = Labelled.shuffled(all.size(), random);
    int learned = all.size() * 3 / 4;
    Labelled training = all.pick(order.subList(0, learned));
    Labelled others = all.pick(order.subList(learned, all.size())).scaledBy(training);
    Labelled scaled = training.scaledBy(training);

    int classes = all.classes().size();
    var model =
        Stacked.of(
            new Recurrent<>(GruCell.of(all.features(), NODES, random)),
            Pooling.MEAN,
            Dense.of(NODES, classes, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.01))
            .schedule(Schedule.cosine(updates, 0.01))
            .clip(Clip.byGlobalNorm(1))
            .compile(precision());
    Trainer trainer = Trainer.of(step).updates(updates);
    keep()
        .trainer(
            trainer,
            Map.of("task", "sequence classifier", "classes", all.classes()),
            Map.of("classes", String.join("\u0000", all.classes())),
            random)
        .run(() -> scaled.pick(Labelled.shuffled(learned, random)).batches(BATCH));
    Metric accuracy = Metrics.accuracy();
    for (Batch batch : others.batches(BATCH)) {
      step.evaluate(batch);
      accuracy.add(step.prediction(), batch.y());
    }
    return accuracy.value();
  }

  private Labelled read() throws IOException {
    Table rows = table.applyTo(Csv.file(csv)).read();
    String idColumn = column(rows, id, "id", "--id", "tells sequences apart");
    String timeColumn = column(rows, time, "time", "--time", "orders the rows of a sequence");
    String labelColumn = column(rows, label, "label", "--label", "has the class");
    List<String> columns =
        features != null
            ? Arrays.stream(TableOptions.all(features))
                .map(name -> Names.column(rows, name))
                .toList()
            : rows.names().stream()
                .filter(name -> !Set.of(idColumn, timeColumn, labelColumn).contains(name))
                .toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(csv + " has no column to learn from");
    }
    Labelled read = Labelled.of(rows, idColumn, timeColumn, labelColumn, columns);
    if (read.size() < LEAST || read.classes().size() < 2) {
      throw new IllegalArgumentException(
          line(
              "%s has too few sequences, %d with the %s %s; at least %d of two classes are needed"
                  + " (rows with the same '%s' are a sequence; --id names another column)",
              csv,
              read.size(),
              read.classes().size() == 1 ? "class" : "classes",
              String.join(", ", read.classes()),
              LEAST,
              idColumn));
    }
    return read;
  }

  private static String column(Table rows, String given, String usual, String option, String use) {
    try {
      return Names.column(rows, given == null ? usual : given);
    } catch (DataException e) {
      throw new DataException(
          e.getMessage() + " (" + option + " names the column that " + use + ")");
    }
  }
}
