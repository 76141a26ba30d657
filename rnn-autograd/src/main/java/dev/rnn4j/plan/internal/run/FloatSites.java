package dev.rnn4j.plan.internal.run;

import java.util.HashMap;
import java.util.Map;

/**
 * Where values lie: inputs in arrays of their own, and all else in one large array, or some. There,
 * each lies at the beginning of a cache line, and those larger than a page some lines further in it
 * than the one before. What a step reads and writes moves through memory together; at distances of
 * whole pages it would share the few ways of the cache, and loads would wait for stores that only
 * seem to be to the same place.
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

  private final Map<Integer, Integer> sizes = new HashMap<>();
  private long elements;
  private int own;
  private int shared;
  private int end;
  private int count;

  /** Returns a place that is an array of its own, one of those with negative numbers. */
  Site own(int size) {
    own--;
    sizes.put(own, size);
    elements += size;
    return new Site(own, 0);
  }

  /** Returns a place for so many elements. */
  Site place(int size) {
    if (end > LARGE || (long) end + size + 2 * PAGE > Integer.MAX_VALUE) {
      close();
    }
    int start = size < PAGE ? (end + LINE - 1) / LINE * LINE : further(end, count++);
    end = start + size + LINE;
    return new Site(shared, start + LINE - HEADER);
  }

  /**
   * Returns the first position from {@code end} on that is so many times some lines into a page.
   */
  private static int further(int end, int times) {
    int inPage = LINE * (LINES_FURTHER * times) % PAGE;
    int start = end / PAGE * PAGE + inPage;
    return start < end ? start + PAGE : start;
  }

  /** Ends the array under way: what is placed from now on is in the next one. */
  void close() {
    sizes.put(shared++, end);
    elements += end;
    end = 0;
  }

  /** Returns the elements of an array that has ended. */
  int size(int array) {
    return sizes.get(array);
  }

  /** Returns the elements of all places, with what is between them. */
  long elements() {
    return elements;
  }
}
