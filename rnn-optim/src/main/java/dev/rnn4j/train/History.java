package dev.rnn4j.train;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * How training went.
 *
 * @param updates every update
 * @param epochs every finished epoch
 * @param ending why it ended
 */
public record History(List<UpdateResult> updates, List<EpochResult> epochs, Ending ending) {
  /** Why training ended. */
  public enum Ending {
    /** All epochs were run. */
    FINISHED,
    /** The validation loss had stopped falling. */
    STOPPED_EARLY,
    /** Somebody asked for it. */
    STOPPED,
    /** The loss became NaN or infinite, or something threw an exception. */
    FAILED
  }

  /** Creates the history from copies of the lists. */
  public History {
    updates = ImmutableList.copyOf(updates);
    epochs = ImmutableList.copyOf(epochs);
  }

  /** Returns the epoch with the smallest loss, on the validation data where there is any. */
  public Optional<EpochResult> best() {
    return epochs.stream().filter(EpochResult::best).reduce((earlier, later) -> later);
  }
}
