package dev.rnn4j.train;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * How training went.
 *
 * @param updates every update
 * @param epochs every finished epoch
 * @param validations every look at the validation data
 * @param ending why it ended
 */
public record History(
    List<UpdateResult> updates,
    List<EpochResult> epochs,
    List<ValidationResult> validations,
    Ending ending) {
  /** Why training ended. */
  public enum Ending {
    /** It has not. */
    UNDER_WAY,
    /** All epochs or updates were run, or the time was over. */
    FINISHED,
    /** The validation data had shown nothing better for a while. */
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
    validations = ImmutableList.copyOf(validations);
  }

  /** Creates the history of a training that nothing was validated in. */
  public History(List<UpdateResult> updates, List<EpochResult> epochs, Ending ending) {
    this(updates, epochs, List.of(), ending);
  }

  /** Returns the last epoch that was better than all before: see {@link EpochResult#best}. */
  public Optional<EpochResult> best() {
    return epochs.stream().filter(EpochResult::best).reduce((earlier, later) -> later);
  }

  /** Returns the best look at the validation data. */
  public Optional<ValidationResult> bestValidation() {
    return validations.stream().filter(ValidationResult::best).reduce((earlier, later) -> later);
  }
}
