package dev.rnn4j.examples.forecast;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.Training;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;

/**
 * Tells another listener the learning rate of one member, which is the one that was asked for.
 *
 * @param members how many share the loss, and have their rate multiplied by as much
 * @param listener who is told
 */
record MemberRates(int members, TrainingListener listener) implements TrainingListener {
  @Override
  public void onStart(Training training) {
    listener.onStart(training);
  }

  @Override
  public void onUpdate(UpdateResult update) {
    listener.onUpdate(
        new UpdateResult(
            update.epoch(),
            update.update(),
            update.loss(),
            update.gradientNorm(),
            update.rate() / members));
  }

  @Override
  public void onValidation(ValidationResult validation) {
    listener.onValidation(validation);
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    listener.onEpoch(epoch);
  }

  @Override
  public void onEnd(History history) {
    listener.onEnd(history);
  }
}
