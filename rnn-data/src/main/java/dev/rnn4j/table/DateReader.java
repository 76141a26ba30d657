package dev.rnn4j.table;

/** Reads the dates of cells that are written in one way. */
interface DateReader {
  /** Returns whether a cell is written in this way, though there may be no such date. */
  boolean isForm(String cell);

  /**
   * Returns the date in a cell.
   *
   * @throws java.time.DateTimeException where it is written otherwise, or there is no such date
   */
  Moment read(String cell);

  /** Returns what of the way to write may differ between cells, and must not in a column. */
  String style(String cell);
}
