package dev.rnn4j.examples.bench.fused;

/**
 * Places in one array, each at the beginning of a cache line. Places of a step move through memory
 * together, and at distances of a power of two they would share the cache's few ways: every place
 * begins some lines further in its page than the last one.
 */
final class Buffers {
  private static final int LINE = 16;
  private static final int PAGE = 1024;
  private static final int LINES_FURTHER = 7;

  /** What lies between the beginning of an array in memory and its first element: 16 bytes. */
  private static final int HEADER = 4;

  private int places;
  private int end;

  /** Returns where a place of so many numbers begins. */
  int place(int size) {
    int inPage = LINE * (LINES_FURTHER * places++) % PAGE;
    int start = end / PAGE * PAGE + inPage;
    while (start < end) {
      start += PAGE;
    }
    end = start + size + LINE;
    return start + LINE - HEADER;
  }

  /** Returns the array that holds all places. */
  float[] allocate() {
    return new float[end + PAGE];
  }
}
