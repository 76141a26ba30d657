package dev.rnn4j.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A column of cells of text, in about as many bytes as the file has for them. */
final class Cells {
  private static final int FIRST_BYTES = 1024;
  private static final int FIRST_ROWS = 64;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int[] ends = new int[FIRST_ROWS];
  private int size;

  int size() {
    return size;
  }

  /**
   * Adds a cell.
   *
   * @throws DataException where the cells of the column are too long in all
   */
  void add(String cell) {
    int from = end(size - 1);
    int length = cell.length();
    ensure(from, length);
    int ascii = 0;
    while (ascii < length && cell.charAt(ascii) < 0x80) {
      bytes[from + ascii] = (byte) cell.charAt(ascii);
      ascii++;
    }
    if (ascii < length) {
      byte[] encoded = cell.getBytes(UTF_8);
      ensure(from, encoded.length);
      System.arraycopy(encoded, 0, bytes, from, encoded.length);
      length = encoded.length;
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, Math.addExact(size, size));
    }
    ends[size++] = from + length;
  }

  private void ensure(int from, int more) {
    long needed = (long) from + more;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "a column has more than 2 GB of text; leave it out, or split the file");
    }
    if (needed > bytes.length) {
      long roomy =
          Math.min(Integer.MAX_VALUE - 8, bytes.length + (bytes.length >> 1) + (long) more);
      bytes = Arrays.copyOf(bytes, (int) roomy);
    }
  }

  private int end(int row) {
    return row < 0 ? 0 : ends[row];
  }

  String get(int row) {
    int from = end(row - 1);
    return new String(bytes, from, ends[row] - from, UTF_8);
  }

  /** Gives back the memory that is not used. */
  void trim() {
    bytes = Arrays.copyOf(bytes, end(size - 1));
    ends = Arrays.copyOf(ends, size);
  }
}
