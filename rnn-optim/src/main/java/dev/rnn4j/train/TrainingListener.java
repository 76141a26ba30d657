package dev.rnn4j.train;

/** Hears how training goes; called by the thread that trains. */
public interface TrainingListener {
  /**
   * Called before the first update.
   *
   * @param epochs how many there will be, unless training ends earlier
   */
  default void onStart(int epochs) {}

  /** Called after each update. */
  default void onUpdate(UpdateResult update) {}

  /** Called after each epoch, validation included. */
  default void onEpoch(EpochResult epoch) {}

  /** Called at the end, whatever the reason, when the best parameters are restored. */
  default void onEnd(History history) {}
}
