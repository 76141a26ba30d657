package dev.rnn4j.io;

import java.nio.file.Path;
import java.util.List;

/**
 * What killed writers of files have left in a folder, under the temporary names of {@link
 * AtomicFile}. A writer that is alive has moments in which its own looks so, too: what is found at
 * one time is removed at a later one, where nobody has touched it.
 */
public final class Leftovers {
  private final List<Temporaries.Abandoned> found;

  private Leftovers(List<Temporaries.Abandoned> found) {
    this.found = found;
  }

  /** Finds them. */
  public static Leftovers in(Path folder) {
    return new Leftovers(Temporaries.abandonedIn(folder));
  }

  /** Removes those that are still abandoned. */
  public void remove() {
    Temporaries.clear(found);
  }
}
