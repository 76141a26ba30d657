package dev.rnn4j.csv;

import dev.rnn4j.table.CellFormat;
import dev.rnn4j.table.DataException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands between the cells of a table, and whether its first line names the columns, as the
 * first rows show it.
 *
 * @param separator what is between cells
 * @param header whether the first line names the columns
 */
record Layout(char separator, boolean header) {
  private static final String SEPARATORS = ",;\t|";

  /** So many rows are looked at. */
  private static final int ROWS = 50;

  /**
   * One way to read the first rows.
   *
   * @param fitting the share of the rows that have the cells of the first
   * @param typed the share of the cells that are numbers, dates, or missing
   */
  private record Reading(char separator, List<List<String>> rows, double fitting, double typed) {
    static Reading of(
        String sample, char separator, Optional<Character> comment, CellFormat format) {
      List<List<String>> rows = rows(sample, separator, comment);
      List<List<String>> below = rows.size() < 2 ? rows : rows.subList(1, rows.size());
      double fitting =
          below.stream().filter(row -> rows.get(0).size() > 1 && fits(rows.get(0), row)).count();
      double cells = below.stream().mapToInt(List::size).sum();
      double typed =
          below.stream()
              .flatMap(List::stream)
              .filter(cell -> type(cell, format) != Type.TEXT)
              .count();
      return new Reading(
          separator, rows, below.isEmpty() ? 0 : fitting / below.size(), typed / cells);
    }

    private static List<List<String>> rows(
        String sample, char separator, Optional<Character> comment) {
      List<List<String>> rows = new ArrayList<>();
      Records records = new Records("", new StringReader(sample), "", 1, separator, comment);
      try {
        while (rows.size() < ROWS && records.next()) {
          if (!records.isBlankLine()) {
            rows.add(records.cells());
          }
        }
      } catch (DataException e) {
        // What is wrong is said when the rows are read for good.
        return rows;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return rows;
    }
  }

  private enum Type {
    MISSING,
    NUMBER,
    FRACTION,
    DATE,
    TEXT;

    /** Names are not like this. */
    boolean isTelling() {
      return this == DATE || this == FRACTION;
    }

    boolean isLike(Type other) {
      return this == other || isNumber() && other.isNumber();
    }

    private boolean isNumber() {
      return this == NUMBER || this == FRACTION;
    }
  }

  /**
   * Recognises the layout.
   *
   * @param sample the first lines, whole ones
   * @param separator as given
   * @param header as given
   * @throws DataException where two separators are as good
   */
  static Layout recognise(
      String name,
      String sample,
      Optional<Character> separator,
      Optional<Boolean> header,
      Optional<Character> comment,
      CellFormat format) {
    Reading reading =
        separator
            .map(given -> Reading.of(sample, given, comment, format))
            .orElseGet(() -> best(name, sample, comment, format));
    return new Layout(
        reading.separator(), header.orElseGet(() -> hasHeader(reading.rows(), format)));
  }

  private static Reading best(
      String name, String sample, Optional<Character> comment, CellFormat format) {
    List<Reading> readings =
        SEPARATORS
            .chars()
            .mapToObj(candidate -> Reading.of(sample, (char) candidate, comment, format))
            .toList();
    double fitting = readings.stream().mapToDouble(Reading::fitting).max().orElse(0);
    List<Reading> fit = readings.stream().filter(one -> one.fitting() == fitting).toList();
    double typed = fit.stream().mapToDouble(Reading::typed).max().orElse(0);
    List<Reading> best = fit.stream().filter(one -> one.typed() == typed).toList();
    if (fitting == 1 && best.size() > 1) {
      throw new DataException(
          name
              + ": the cells may be parted by '"
              + best.get(0).separator()
              + "' or by '"
              + best.get(1).separator()
              + "'; say which with --separator (in code Csv.separator)");
    }
    return fitting > 0.5 ? best.get(0) : readings.get(0);
  }

  /** Returns whether a row has a cell for each name; beyond, there may be blanks only. */
  static boolean fits(List<String> header, List<String> row) {
    List<String> longer = row.size() > header.size() ? row : header;
    int shorter = Math.min(row.size(), header.size());
    return longer.subList(shorter, longer.size()).stream().allMatch(String::isBlank);
  }

  /**
   * The first row is no header where it is like those below, and has what no name is like: a date
   * or a fraction, above another one or a number.
   */
  private static boolean hasHeader(List<List<String>> rows, CellFormat format) {
    if (rows.isEmpty()) {
      return true;
    }
    List<Type> first = rows.get(0).stream().map(cell -> type(cell, format)).toList();
    if (rows.size() == 1) {
      return first.stream().noneMatch(Type::isTelling) || first.contains(Type.TEXT);
    }
    List<List<String>> below = rows.subList(1, rows.size());
    boolean alike = first.size() == below.get(0).size();
    boolean telling = false;
    for (int i = 0; alike && i < first.size(); i++) {
      Type mine = first.get(i);
      Type other = below(below, i, format);
      alike = mine == Type.MISSING || other == Type.MISSING || mine.isLike(other);
      telling |= mine.isTelling() && mine.isLike(other);
    }
    return !telling || !alike;
  }

  /** Returns the first type in a column that tells something. */
  private static Type below(List<List<String>> rows, int column, CellFormat format) {
    return rows.stream()
        .filter(row -> column < row.size())
        .map(row -> type(row.get(column), format))
        .filter(type -> type != Type.MISSING)
        .findFirst()
        .orElse(Type.MISSING);
  }

  private static Type type(String cell, CellFormat format) {
    if (format.isMissing(cell)) {
      return Type.MISSING;
    }
    if (format.isNumber(cell)) {
      return cell.indexOf('.') >= 0 || cell.indexOf(',') >= 0 ? Type.FRACTION : Type.NUMBER;
    }
    return format.isDate(cell) ? Type.DATE : Type.TEXT;
  }
}
