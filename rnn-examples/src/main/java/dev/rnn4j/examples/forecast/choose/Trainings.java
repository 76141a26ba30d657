package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.io.Batch;
import dev.rnn4j.report.ProgressBarListener;
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
  private Runnable end = () -> {};
  private boolean stopped;

  /**
   * Creates trainings of which none has begun.
   *
   * @param progress where a bar shows each
   */
  public Trainings(PrintStream progress) {
    this.progress = progress;
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

  /** Trains, as {@link Trainer#run} does. */
  History run(TrainingStep step, int epochs, Supplier<? extends Iterable<Batch>> data) {
    Trainer trainer = Trainer.of(step).epochs(epochs).listener(ProgressBarListener.to(progress));
    begin(trainer);
    History history = trainer.run(data);
    if (history.ending() == History.Ending.STOPPED) {
      stop();
    }
    return history;
  }

  private synchronized void begin(Trainer trainer) {
    end = trainer::stop;
    if (stopped) {
      end.run();
    }
  }
}
