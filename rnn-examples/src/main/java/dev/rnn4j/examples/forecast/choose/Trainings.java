package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.KeptTrainings;
import dev.rnn4j.examples.forecast.method.Learner;
import dev.rnn4j.io.Batch;
import dev.rnn4j.report.ProgressBarListener;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.train.History;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * One training after another, until somebody stops them: the one under way ends after its update,
 * and those after it make none.
 */
public final class Trainings {
  private final PrintStream progress;
  private final KeptTrainings kept;
  private Runnable end = () -> {};
  private boolean stopped;

  /**
   * Creates trainings of which none has begun.
   *
   * @param progress where a bar shows each
   * @param kept what keeps them
   */
  public Trainings(PrintStream progress, KeptTrainings kept) {
    this.progress = progress;
    this.kept = kept;
  }

  /** Stops the training under way, and those after it; from any thread. */
  public synchronized void stop() {
    stopped = true;
    end.run();
  }

  /** Returns whether somebody has stopped them; takes an interruption of this thread as a stop. */
  public synchronized boolean areStopped() {
    if (Thread.interrupted()) {
      stopped = true;
    }
    return stopped;
  }

  /**
   * Trains, as {@link Trainer#run} does.
   *
   * @param name what tells this one from the others
   * @param order what the order of the data is drawn from
   */
  History run(
      String name,
      TrainingStep step,
      int epochs,
      Supplier<? extends Iterable<Batch>> data,
      Resumable order) {
    Trainer trainer = Trainer.of(step).epochs(epochs).listener(ProgressBarListener.to(progress));
    kept.applyTo(trainer, name, order);
    begin(trainer);
    History history = trainer.run(data);
    if (history.ending() == History.Ending.STOPPED) {
      stop();
    }
    return history;
  }

  /**
   * Lets a network learn without a trainer.
   *
   * @param name what tells this one from the others
   * @return its parameters after each epoch
   */
  Epochs tryOut(String name, Learner learner, int epochs) {
    Epochs tried = new Epochs(learner);
    try (KeptLoop loop = kept.loop(name, learner.step(), tried)) {
      while (tried.count() < epochs) {
        tried.learn();
        loop.rest();
      }
      loop.finish();
    }
    return tried;
  }

  private synchronized void begin(Trainer trainer) {
    end = trainer::stop;
    if (stopped) {
      end.run();
    }
  }
}
