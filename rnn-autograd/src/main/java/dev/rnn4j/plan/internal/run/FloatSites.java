package dev.rnn4j.plan.internal.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie in one large array, or some: each at the beginning of a cache line, and those
 * larger than a page some lines further in it than the one before. What a step reads and writes
 * moves through memory together; at distances of whole pages it would share the few ways of the
 * cache, and loads would wait for stores that only seem to be to the same place.
 */
final class FloatSites {
  /**
   * A place for some elements.
   *
   * @param array the number of the array
   * @param start where they begin in it
   */
  record Site(int array, int start) {}

  private static final int LINE = 64 / Float.BYTES;
  private static final int PAGE = 4096 / Float.BYTES;
  private static final int LINES_FURTHER = 7;

  /** What lies between the beginning of a Java array and its first element: 16 bytes. */
  private static final int HEADER = 16 / Float.BYTES;

  /** The elements of an array from which on the next one begins. */
  private static final int LARGE = 1 << 28;

  private final FloatPool pool;
  private final int firstSlot;
  private final List<float[]> arrays = new ArrayList<>();
  private long elements;
  private int end;
  private int count;

  /** Creates an empty one, whose arrays are those of a pool from a slot on. */
  FloatSites(FloatPool pool, int firstSlot) {
    this.pool = pool;
    this.firstSlot = firstSlot;
  }

  /** Returns a place for so many elements. */
  Site place(int size) {
    if (end > LARGE || (long) end + size + 2 * PAGE > Integer.MAX_VALUE) {
      allocate();
    }
    int start = size < PAGE ? (end + LINE - 1) / LINE * LINE : further(end, count++);
    end = start + size + LINE;
    return new Site(arrays.size(), start + LINE - HEADER);
  }

  /**
   * Returns the first position from {@code end} on that is so many times some lines into a page.
   */
  private static int further(int end, int times) {
    int inPage = LINE * (LINES_FURTHER * times) % PAGE;
    int start = end / PAGE * PAGE + inPage;
    return start < end ? start + PAGE : start;
  }

  /** Returns the array of a place. */
  float[] array(Site site) {
    if (site.array() == arrays.size()) {
      allocate();
    }
    return arrays.get(site.array());
  }

  private void allocate() {
    arrays.add(pool.array(firstSlot + arrays.size(), end));
    elements += end;
    end = 0;
  }

  /** Returns the elements of all places, with what is between them. */
  long elements() {
    return elements;
  }
}
