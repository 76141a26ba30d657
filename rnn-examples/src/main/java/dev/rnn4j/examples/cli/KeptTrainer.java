package dev.rnn4j.examples.cli;

import dev.rnn4j.io.Batch;
import dev.rnn4j.train.History;
import dev.rnn4j.train.StopOnInterrupt;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.Training;
import dev.rnn4j.train.TrainingListener;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A trainer whose training is either kept in a folder, and then Ctrl-C stops it so that it can go
 * on, or not kept at all.
 */
public final class KeptTrainer {
  private final Trainer trainer;

  /** Null where the training is not kept. */
  private final LongFunction<StoppedException> stopped;

  private long before;

  private KeptTrainer(Trainer trainer, LongFunction<StoppedException> stopped) {
    this.trainer = trainer;
    this.stopped = stopped;
  }

  /** Returns a trainer that keeps nothing: Ctrl-C ends it as it ends any program. */
  static KeptTrainer none(Trainer trainer) {
    return new KeptTrainer(trainer, null);
  }

  /**
   * Returns a trainer that keeps checkpoints.
   *
   * @param stopped says how to go on after so many updates
   */
  static KeptTrainer of(Trainer trainer, LongFunction<StoppedException> stopped) {
    KeptTrainer kept = new KeptTrainer(trainer, stopped);
    trainer.listener(
        new TrainingListener() {
          @Override
          public void onStart(Training training) {
            kept.before = training.updates();
          }
        });
    return kept;
  }

  /** Trains as {@link Trainer#run} does. */
  public History run(Supplier<? extends Iterable<Batch>> data) {
    return untilStopped(() -> trainer.run(data));
  }

  /** Trains as {@link Trainer#generate} does. */
  public History generate(Supplier<Batch> source) {
    return untilStopped(() -> trainer.generate(source));
  }

  /** Returns how many updates earlier runs of the program had made. */
  public long updatesBefore() {
    return before;
  }

  /** After Ctrl-C, the JVM waits for the end of the block: for the last checkpoint, and words. */
  private History untilStopped(Supplier<History> training) {
    if (stopped == null) {
      return training.get();
    }
    try (StopOnInterrupt interrupt = StopOnInterrupt.of(trainer)) {
      History history = training.get();
      if (history.ending() == History.Ending.STOPPED) {
        throw stopped.apply(history.updates().size());
      }
      return history;
    }
  }
}
