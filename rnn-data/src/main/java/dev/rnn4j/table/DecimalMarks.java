package dev.rnn4j.table;

import java.util.List;
import java.util.Optional;

/**
 * What the cells of a column say about the decimal mark: some are numbers with a point only (1.5),
 * some with a comma only (1,5), and some with both, which are not the same numbers (1.500).
 */
final class DecimalMarks {
  private final CellFormat format;
  private int numbers;
  private int others;
  private int points;
  private int commas;
  private boolean pointEitherWay;
  private boolean commaEitherWay;

  DecimalMarks(CellFormat format) {
    this.format = format;
  }

  /** Counts a cell. */
  void add(String cell) {
    String text = cell.strip();
    boolean point = Numeral.reads(text, '.');
    boolean comma = Numeral.reads(text, ',');
    if (!point && !comma) {
      others += format.isMissing(text) ? 0 : 1;
      return;
    }
    if (format.isMissing(text)) {
      return;
    }
    numbers++;
    points += point && !comma ? 1 : 0;
    commas += comma && !point ? 1 : 0;
    pointEitherWay |= point && comma && text.indexOf('.') >= 0;
    commaEitherWay |= point && comma && text.indexOf(',') >= 0;
  }

  private boolean counts() {
    return numbers > others;
  }

  /**
   * Returns the decimal mark of a column: what its own cells say, or those of all columns of the
   * table. Between commas, a point is the decimal mark where nothing else says so. Empty where
   * nobody can know.
   *
   * @param between what stands between the cells
   */
  Optional<Character> decide(List<DecimalMarks> table, char between) {
    if (format.decimal().isPresent()) {
      return format.decimal();
    }
    if (points > 0 || commas > 0) {
      return Optional.of(points >= commas ? '.' : ',');
    }
    int allPoints = table.stream().filter(DecimalMarks::counts).mapToInt(one -> one.points).sum();
    int allCommas = table.stream().filter(DecimalMarks::counts).mapToInt(one -> one.commas).sum();
    if (allPoints > 0 != allCommas > 0) {
      return Optional.of(allPoints > 0 ? '.' : ',');
    }
    boolean usual = !commaEitherWay && (between == ',' || !pointEitherWay);
    return usual ? Optional.of('.') : Optional.empty();
  }
}
