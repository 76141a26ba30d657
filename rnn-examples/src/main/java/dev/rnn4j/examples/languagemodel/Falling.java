package dev.rnn4j.examples.languagemodel;

import dev.rnn4j.schedule.Adjustable;
import dev.rnn4j.train.Training;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;

/** Lets a rate fall along a cosine, over whatever limits the training: updates or time. */
final class Falling implements TrainingListener {
  private final Adjustable rate;
  private Training training;

  Falling(Adjustable rate) {
    this.rate = rate;
  }

  @Override
  public void onStart(Training newTraining) {
    training = newTraining;
  }

  @Override
  public void onUpdate(UpdateResult update) {
    rate.set(0.02 + 0.49 * (1 + Math.cos(Math.PI * training.part().orElse(0))));
  }
}
