package dev.rnn4j.examples.cli;

import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.checkpoint.Stages;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Several trainings, one after the other: kept in a folder as one, or not kept at all. */
public final class KeptTrainings implements AutoCloseable {
  private static final KeptTrainings NONE = new KeptTrainings(null, null, null, null);

  private final Checkpoints checkpoints;
  private final Stages stages;
  private final LongFunction<StoppedException> stopped;
  private final Consumer<Boolean> between;
  private volatile KeptLoop last = KeptLoop.none();
  private volatile boolean begun;

  private KeptTrainings(
      Checkpoints checkpoints,
      Stages stages,
      LongFunction<StoppedException> stopped,
      Consumer<Boolean> between) {
    this.checkpoints = checkpoints;
    this.stages = stages;
    this.stopped = stopped;
    this.between = between;
  }

  /** Writes a model into a file. */
  public interface Model {
    /** Writes it. */
    void save(Path file) throws IOException;
  }

  /** Returns those that are not kept. */
  public static KeptTrainings none() {
    return NONE;
  }

  /**
   * Opens them.
   *
   * @param stopped says how to go on after so many updates
   * @param between says so where none is under way: of the first one, if it has begun
   */
  static KeptTrainings open(
      Checkpoints checkpoints,
      boolean resume,
      LongFunction<StoppedException> stopped,
      Consumer<Boolean> between)
      throws IOException {
    return new KeptTrainings(checkpoints, Stages.open(checkpoints, resume), stopped, between);
  }

  /**
   * Says a sentence where Ctrl-C ends the JVM before one of the loops begins, or between two. A
   * loop says its own.
   *
   * @return what ends that
   */
  public LastWords sayWhenStopped() {
    return stages == null
        ? LastWords.none()
        : LastWords.of(
            () -> {
              if (!last.isOpen()) {
                between.accept(begun);
              }
            });
  }

  /**
   * Lets a trainer keep the next training.
   *
   * @param name what tells it from the others
   * @param data what its batches are drawn from
   */
  public Trainer applyTo(Trainer trainer, String name, Resumable data) {
    return stages == null ? trainer : trainer.remember("data", data).resume(stages.of(name));
  }

  /**
   * Returns a loop for the next training, which has no trainer.
   *
   * @param name what tells it from the others
   * @param data what it goes on from, beside its step
   */
  public KeptLoop loop(String name, TrainingStep step, Resumable data) {
    if (stages == null) {
      return KeptLoop.none();
    }
    last = KeptLoop.open(stages.of(name), true, step, data, stopped);
    begun = true;
    return last;
  }

  /** Saves the end of all trainings, and what they have come to. */
  public void finish(Model model) throws IOException {
    if (stages != null) {
      stages.finish();
      model.save(checkpoints.model());
    }
  }

  @Override
  public void close() throws IOException {
    if (stages != null) {
      stages.close();
    }
  }
}
