package dev.rnn4j.train.internal.run;

import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.train.internal.saved.Parts;
import java.util.Optional;

/**
 * Whether and where a run is saved.
 *
 * @param checkpoints where, if at all
 * @param goesOn whether the folder may have checkpoints to go on from
 * @param source what the data are drawn from
 */
public record Saving(Optional<Checkpoints> checkpoints, boolean goesOn, Parts source) {
  public static Saving none() {
    return new Saving(Optional.empty(), false, new Parts());
  }

  public Saving in(Checkpoints place, boolean mayGoOn) {
    return new Saving(Optional.of(place), mayGoOn, source);
  }

  /** Adds something that the data are drawn from. */
  public void remember(String name, Resumable part) {
    source.add(name, part);
  }

  public boolean isWanted() {
    return checkpoints.isPresent();
  }
}
