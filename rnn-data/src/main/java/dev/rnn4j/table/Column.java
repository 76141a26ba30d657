package dev.rnn4j.table;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** One column of a table; {@code name} and {@code origin} are for messages. */
sealed interface Column {
  double[] numbers(String name, Origin origin);

  Dates dates(String name, Origin origin);

  List<String> text();

  /** Returns this column without the blanks around its texts. */
  default Column strip() {
    return this;
  }

  Content content();

  /**
   * Returns some of the rows.
   *
   * @param compose returns the rows of a selection that some of its places have, once for all
   *     columns with the same one
   */
  Column pick(int[] rows, UnaryOperator<int[]> compose);

  /** Numbers, NaN where one is missing. */
  record Numbers(double[] values) implements Column {
    @Override
    public double[] numbers(String name, Origin origin) {
      return values.clone();
    }

    @Override
    public Dates dates(String name, Origin origin) {
      throw new DataException(
          origin.source() + ": column '" + name + "' holds numbers; give it as Dates or as text");
    }

    @Override
    public List<String> text() {
      return DoubleStream.of(values).mapToObj(Double::toString).toList();
    }

    @Override
    public Content content() {
      int missing = (int) DoubleStream.of(values).filter(Double::isNaN).count();
      return new Content(missing, values.length - missing, 0);
    }

    @Override
    public Column pick(int[] rows, UnaryOperator<int[]> compose) {
      return new Numbers(IntStream.of(rows).mapToDouble(row -> values[row]).toArray());
    }
  }

  /** Dates that were given as such. */
  record Calendar(Dates values) implements Column {
    @Override
    public double[] numbers(String name, Origin origin) {
      throw new DataException(
          origin.source()
              + ": column '"
              + name
              + "' holds dates, not numbers; name another column");
    }

    @Override
    public Dates dates(String name, Origin origin) {
      return values.at(name, origin);
    }

    @Override
    public List<String> text() {
      return IntStream.range(0, values.size()).mapToObj(values::text).toList();
    }

    @Override
    public Content content() {
      return new Content(0, 0, values.size());
    }

    @Override
    public Column pick(int[] rows, UnaryOperator<int[]> compose) {
      return new Calendar(values.pick(rows));
    }
  }

  /**
   * Cells as they were written; they become numbers or dates when asked for.
   *
   * @param cells of the whole file
   * @param rows the cells that the column has
   * @param decimal the decimal mark, none where nobody can know it
   * @param whole whether texts keep the blanks around them
   */
  record Text(
      Cells cells, int[] rows, CellFormat format, Optional<Character> decimal, boolean whole)
      implements Column {
    private String stripped(int row) {
      return cells.get(rows[row]).strip();
    }

    @Override
    public double[] numbers(String name, Origin origin) {
      double[] values = new double[rows.length];
      for (int row = 0; row < values.length; row++) {
        values[row] = number(stripped(row), row, name, origin);
      }
      return values;
    }

    private double number(String cell, int row, String name, Origin origin) {
      if (format.isMissing(cell)) {
        if (format.rejectMissing()) {
          throw missing(row, name, origin);
        }
        return Double.NaN;
      }
      char mark = decimal.orElse('.');
      if (!Numeral.reads(cell, mark)) {
        throw notNumber(cell, row, name, origin);
      }
      double value = Numeral.value(cell, mark);
      if (decimal.isEmpty() && value != Numeral.value(cell, ',')) {
        throw eitherWay(cell, row, name, origin);
      }
      if (!Double.isFinite(value)) {
        throw new DataException(
            origin.cell(row, name)
                + ": "
                + CellFormat.quoted(cell)
                + " is not a finite number; correct the cell, or empty it if the value is missing");
      }
      return value;
    }

    private DataException notNumber(String cell, int row, String name, Origin origin) {
      char other = decimal.orElse('.') == '.' ? ',' : '.';
      String mark = other == '.' ? "comma" : "point";
      return new DataException(
          origin.cell(row, name)
              + ": "
              + CellFormat.quoted(cell)
              + " is not a number"
              + (Numeral.reads(cell, other) ? " where the decimal mark is a " + mark : "")
              + "; correct the cell, or empty it if the value is missing"
              + (cell.chars().anyMatch(Character::isDigit) ? "" : CellFormat.MARKER)
              + (row == 0 && rows.length > 1 && Numeral.reads(stripped(1), decimal.orElse('.'))
                  ? CellFormat.UNITS
                  : ""));
    }

    private DataException eitherWay(String cell, int row, String name, Origin origin) {
      boolean point = cell.indexOf('.') >= 0;
      return new DataException(
          origin.cell(row, name)
              + ": "
              + CellFormat.quoted(cell)
              + " reads both as "
              + text(Numeral.value(cell, '.'))
              + " and as "
              + text(Numeral.value(cell, ','))
              + ", and no cell of the table decides; say whether the "
              + (point ? "point" : "comma")
              + " is the decimal mark or parts thousands,"
              + CellFormat.option("--decimal . or --decimal ,", "Csv.decimal"));
    }

    private static String text(double value) {
      return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public Dates dates(String name, Origin origin) {
      return dates(row -> present(row, name, origin), name, origin);
    }

    /** Returns the dates of days in this column and times in another. */
    Dates dates(String name, Text times, String timeName, Origin origin) {
      format
          .datePattern()
          .filter(pattern -> pattern.indexOf('H') < 0 && pattern.indexOf('h') < 0)
          .ifPresent(
              pattern -> {
                throw new DataException(
                    "the date pattern '"
                        + pattern
                        + "' is for the day and the time, with a blank between them, and has no"
                        + " time; add HH:mm behind a blank");
              });
      return dates(
          row -> present(row, name, origin) + " " + times.present(row, timeName, origin),
          name,
          origin);
    }

    private Dates dates(IntFunction<String> cell, String name, Origin origin) {
      return new DateColumn(cell, rows.length, format.datePattern(), name, origin).read();
    }

    private String present(int row, String name, Origin origin) {
      String cell = stripped(row);
      if (format.isMissing(cell)) {
        throw missing(row, name, origin);
      }
      return cell;
    }

    private DataException missing(int row, String name, Origin origin) {
      boolean first = row == 0 && rows.length > 1 && !format.isMissing(stripped(1));
      return new DataException(
          origin.cell(row, name)
              + ": the cell is empty; fill it, or leave the row out"
              + (first ? CellFormat.UNITS : ""));
    }

    @Override
    public List<String> text() {
      return new AbstractList<>() {
        @Override
        public String get(int row) {
          return whole ? cells.get(rows[row]) : stripped(row);
        }

        @Override
        public int size() {
          return rows.length;
        }
      };
    }

    @Override
    public Content content() {
      int missing = 0;
      int numbers = 0;
      for (int row = 0; row < rows.length; row++) {
        String cell = stripped(row);
        if (format.isMissing(cell)) {
          missing++;
        } else if (Numeral.reads(cell, '.') || Numeral.reads(cell, ',')) {
          numbers++;
        }
      }
      return new Content(missing, numbers, rows.length - missing - numbers);
    }

    @Override
    public Column pick(int[] picked, UnaryOperator<int[]> compose) {
      return new Text(cells, compose.apply(rows), format, decimal, whole);
    }

    @Override
    public Column strip() {
      return new Text(cells, rows, format, decimal, false);
    }
  }
}
