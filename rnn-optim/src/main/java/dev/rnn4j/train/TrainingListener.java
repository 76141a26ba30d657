package dev.rnn4j.train;

/** Hears how training goes. */
public interface TrainingListener {
  /** Called after each update. */
  default void onUpdate(UpdateResult update) {}

  /** Called after each epoch, validation included. */
  default void onEpoch(EpochResult epoch) {}
}
