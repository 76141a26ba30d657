package dev.rnn4j.train;

/**
 * Hears how training goes; called by the thread that trains. The {@link Training} that it is given
 * at the start is all it needs to stop it, to save the model or a checkpoint, or to look at the
 * step; a rate is changed through {@link dev.rnn4j.schedule.Adjustable}.
 */
public interface TrainingListener {
  /** Called before the first update. */
  default void onStart(Training training) {}

  /** Called after each update. */
  default void onUpdate(UpdateResult update) {}

  /** Called after each look at the validation data. */
  default void onValidation(ValidationResult validation) {}

  /** Called after each epoch, validation included. */
  default void onEpoch(EpochResult epoch) {}

  /** Called at the end, whatever the reason, when the best parameters are restored. */
  default void onEnd(History history) {}
}
