package dev.rnn4j.io;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Batches, some of which can be left out without being made: where training goes on in the middle
 * of an epoch.
 */
public interface BatchIterator extends Iterator<Batch> {
  /**
   * Leaves out the next batches, as if they had been taken.
   *
   * @throws NoSuchElementException where there are not so many
   */
  void skip(long count);

  /** Leaves out the next batches of any iterator; takes them where it cannot skip. */
  static void skip(Iterator<Batch> batches, long count) {
    if (batches instanceof BatchIterator skipping) {
      skipping.skip(count);
      return;
    }
    for (long i = 0; i < count; i++) {
      batches.next();
    }
  }
}
