package dev.rnn4j.examples.snippets;

import dev.rnn4j.batch.Sequence;
import dev.rnn4j.batch.SequenceBatches;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.checkpoint.Stages;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.split.Folds;
import dev.rnn4j.split.Selection;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.History;
import dev.rnn4j.train.SavedTraining;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.TrainingStep;
import dev.rnn4j.train.UpdateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A training that is stopped in the middle, and one that goes on from there. */
public final class Survival {
  /** A recording of some length, and what it was. */
  private record Recording(String person, double[][] samples, int kind) {}

  private Survival() {}

  /** Trains twice: up to update 30, and to the end. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("survival");
    try {
      train(recordings(240, new Philox(1)), folder, 29);
      train(recordings(240, new Philox(1)), folder, -1);
      loop(folder.resolve("loop"));
      folds(folder.resolve("folds"));
    } finally {
      deleteAll(folder);
    }
  }

  private static void train(List<Recording> recordings, Path folder, long stopAt) {
    Philox random = new Philox(7);
    TrainingStep step = step(random);

    // [block
    Selection people =
        Selection.byGroup(recordings.stream().map(r -> r.person()).toList(), 0.8, 0.2, random);
    SequenceBatches batches =
        SequenceBatches.of(people.train(recordings), r -> Sequence.of(r.samples(), r.kind()), 16)
            .shuffled(random)
            .byLength()
            .as(Precision.FLOAT32);
    // block]
    SequenceBatches others =
        SequenceBatches.of(
            people.validation(recordings), r -> Sequence.of(r.samples(), r.kind()), 64);

    // [block
    Trainer trainer =
        Trainer.of(step)
            .epochs(5)
            .validation(() -> others, 3)
            .resume(Checkpoints.in(folder).setting("recordings", "2026-11"));
    // block]
    trainer.listener(
        new TrainingListener() {
          @Override
          public void onUpdate(UpdateResult update) {
            if (update.update() == stopAt) {
              trainer.stop();
            }
          }
        });
    History history = trainer.run(() -> batches);
    System.out.printf(
        Locale.ROOT,
        "%d updates in %d epochs, loss %.4f on others%n",
        history.updates().size(),
        history.epochs().size(),
        history.bestValidation().orElseThrow().loss());
  }

  private static TrainingStep step(Philox random) {
    return TrainingStep.of(
            Stacked.of(new Recurrent<>(GruCell.of(2, 8, random)).last(), Dense.of(8, 2, random)),
            Losses.softmaxCrossEntropyOfIndices())
        .optimizer(Adam.rate(0.01))
        .compile(Precision.FLOAT32);
  }

  /** Trains in a loop of its own, without a trainer. */
  private static void loop(Path folder) {
    Philox random = new Philox(7);
    TrainingStep step = step(random);
    // [block
    try (SavedTraining saved =
        SavedTraining.open(Checkpoints.in(folder), true, step, Map.of("data", random))) {
      while (step.updates() < 10) {
        step.run(batch(random));
        saved.rest(); // makes a checkpoint, where one is due
      }
      saved.finish(); // the last checkpoint, and the model
    }
    // block]
  }

  /** Trains once for each fold. */
  private static void folds(Path folder) throws IOException {
    List<Recording> recordings = recordings(30, new Philox(1));
    // [block
    List<Selection> folds = Folds.random(recordings.size(), 5, new Philox(3));
    try (Stages stages = Stages.open(Checkpoints.in(folder), true)) {
      for (int fold = 1; fold <= 5; fold++) {
        Selection selection = folds.get(fold - 1);
        Trainer.of(step(new Philox(fold)))
            .epochs(2)
            .validation(() -> batches(selection.test(recordings)))
            .resume(stages.of("fold " + fold))
            .run(() -> batches(selection.train(recordings)));
      }
      stages.finish();
    }
    // block]
  }

  private static SequenceBatches batches(List<Recording> recordings) {
    return SequenceBatches.of(recordings, r -> Sequence.of(r.samples(), r.kind()), 16)
        .as(Precision.FLOAT32);
  }

  private static Batch batch(RandomGenerator random) {
    return batches(recordings(16, random)).iterator().next();
  }

  /** Returns circles, left and right round, of 5 to 20 steps. */
  private static List<Recording> recordings(int count, RandomGenerator random) {
    return Stream.generate(
            () -> {
              int kind = random.nextInt(2);
              double angle = random.nextDouble() * 6;
              double[][] samples = new double[5 + random.nextInt(16)][];
              for (int t = 0; t < samples.length; t++) {
                angle += 0.3 * (2 * kind - 1) + 0.2 * random.nextGaussian();
                samples[t] = new double[] {Math.cos(angle), Math.sin(angle)};
              }
              return new Recording("person " + random.nextInt(20), samples, kind);
            })
        .limit(count)
        .toList();
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
