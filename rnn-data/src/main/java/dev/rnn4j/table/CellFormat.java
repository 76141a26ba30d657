package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How cells of text are read as numbers and dates.
 *
 * @param missing cells that stand for a missing value, beside {@link #MISSING}
 * @param rejectMissing whether a missing value in a column that is read is an error
 * @param datePattern a pattern of {@link java.time.format.DateTimeFormatter}, or {@code
 *     epoch-seconds}, {@code epoch-millis} or {@code excel-days}; without one, dates are recognised
 *     by their form
 * @param decimal the decimal mark, a point or a comma; without one, it is recognised
 */
public record CellFormat(
    Set<String> missing,
    boolean rejectMissing,
    Optional<String> datePattern,
    Optional<Character> decimal) {
  /** What stands for a missing value in every table, in any case; and so does a blank cell. */
  public static final Set<String> MISSING =
      ImmutableSet.of("na", "n/a", "nan", "null", "none", "?", "-");

  /** The usual cells are missing, missing values are NaN, dates and numbers are recognised. */
  public static final CellFormat STANDARD =
      new CellFormat(Set.of(), false, Optional.empty(), Optional.empty());

  /** What may be wrong with the first row, for the end of a message. */
  static final String UNITS =
      ", or, if the row has the units, skip it" + option("--units-row", "Csv.unitsRow");

  /** What a cell without digits may be, for the end of a message. */
  static final String MARKER =
      ", or say that such cells are missing values" + option("--missing", "Csv.missing");

  private static final int LONGEST_MARKER = 4;

  /** So many zeros may be thousands. */
  private static final int THOUSANDS = 3;

  /** How much of a cell messages show. */
  private static final int LONGEST = 40;

  /**
   * Checks the pattern and the decimal mark.
   *
   * @throws DataException for a pattern that loses a part of the date, or is none
   */
  public CellFormat {
    missing = Set.copyOf(missing);
    datePattern.ifPresent(DatePattern::of);
    checkArgument(
        decimal.filter(mark -> mark != '.' && mark != ',').isEmpty(),
        "'%s' is no decimal mark; give a point or a comma",
        decimal.orElse(' '));
  }

  /** Returns this format with more cells that stand for a missing value. */
  public CellFormat missing(String... markers) {
    Set<String> all = ImmutableSet.<String>builder().addAll(missing).add(markers).build();
    return new CellFormat(all, rejectMissing, datePattern, decimal);
  }

  /** Returns this format with missing values an error. */
  public CellFormat rejectingMissing() {
    return new CellFormat(missing, true, datePattern, decimal);
  }

  /**
   * Returns this format with a pattern for dates.
   *
   * @throws DataException for a pattern that loses a part of the date, or is none
   */
  public CellFormat datePattern(String pattern) {
    return new CellFormat(missing, rejectMissing, Optional.of(pattern), decimal);
  }

  /**
   * Returns this format with a decimal mark.
   *
   * @throws IllegalArgumentException for something else than a point or a comma
   */
  public CellFormat decimal(char mark) {
    return new CellFormat(missing, rejectMissing, datePattern, Optional.of(mark));
  }

  /** Returns whether a cell stands for a missing value. */
  public boolean isMissing(String cell) {
    String stripped = cell.strip();
    if (stripped.isEmpty() || !missing.isEmpty() && isMarker(stripped)) {
      return true;
    }
    boolean mayBe = stripped.length() <= LONGEST_MARKER && !Character.isDigit(stripped.charAt(0));
    return mayBe && MISSING.contains(stripped.toLowerCase(Locale.ROOT));
  }

  /** A marker that is a whole number may have zeros behind its decimal mark: -999 and -999.0. */
  private boolean isMarker(String cell) {
    return missing.contains(cell) || missing.stream().anyMatch(one -> isSame(one, cell));
  }

  private static boolean isSame(String marker, String cell) {
    String longer = marker.length() > cell.length() ? marker : cell;
    String shorter = marker.length() > cell.length() ? cell : marker;
    int zeros = longer.length() - shorter.length() - 1;
    return zeros > 0
        && zeros != THOUSANDS
        && longer.startsWith(shorter)
        && Character.isDigit(shorter.charAt(shorter.length() - 1))
        && ".,".indexOf(longer.charAt(shorter.length())) >= 0
        && ".,".chars().noneMatch(mark -> shorter.indexOf(mark) >= 0)
        && longer.endsWith("0".repeat(zeros));
  }

  /** Returns whether a cell is a number, with whatever decimal mark. */
  public boolean isNumber(String cell) {
    String stripped = cell.strip();
    return decimal
        .map(mark -> Numeral.reads(stripped, mark))
        .orElseGet(() -> Numeral.reads(stripped, '.') || Numeral.reads(stripped, ','));
  }

  /** Returns whether a cell has the form of a date. */
  public boolean isDate(String cell) {
    String stripped = cell.strip();
    return datePattern
        .map(pattern -> DatePattern.of(pattern).isForm(stripped))
        .orElseGet(() -> !DateColumn.forms(stripped).isEmpty());
  }

  /** Returns how to set an option, on the command line and in code, for the end of a message. */
  static String option(String option, String method) {
    return " with " + option + " (in code " + method + ")";
  }

  /** Returns a cell as messages show it. */
  static String quoted(String cell) {
    String line = cell.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    boolean whole = cell.length() <= LONGEST && line.length() == cell.length();
    return "'" + (whole ? line : line.substring(0, Math.min(LONGEST, line.length())) + "...") + "'";
  }
}
