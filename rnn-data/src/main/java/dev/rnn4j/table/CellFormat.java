package dev.rnn4j.table;

import java.util.Optional;
import java.util.Set;

/**
 * How cells of text are read as numbers and dates.
 *
 * @param missing cells that stand for a missing value; an empty cell always does
 * @param rejectMissing whether a missing value in a column that is read is an error
 * @param datePattern a pattern of {@link java.time.format.DateTimeFormatter}; without one, dates
 *     are recognised by their form
 */
public record CellFormat(Set<String> missing, boolean rejectMissing, Optional<String> datePattern) {
  /** The usual markers are missing, missing values are NaN, and dates are recognised. */
  public static final CellFormat STANDARD =
      new CellFormat(Set.of("NA", "N/A", "NaN", "nan", "null"), false, Optional.empty());

  /** Keeps a copy of the markers. */
  public CellFormat {
    missing = Set.copyOf(missing);
  }

  boolean isMissing(String cell) {
    return cell.isEmpty() || missing.contains(cell);
  }
}
