package dev.rnn4j.table;

import com.google.common.primitives.Doubles;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** One column of a table; {@code name} and {@code origin} are for messages. */
sealed interface Column {
  double[] numbers(String name, Origin origin);

  Dates dates(String name, Origin origin);

  List<String> text();

  Column pick(int[] rows);

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
    public Column pick(int[] rows) {
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
    public Column pick(int[] rows) {
      return new Calendar(values.pick(rows));
    }
  }

  /** Cells as they were written; they become numbers or dates when asked for. */
  record Text(String[] cells, CellFormat format) implements Column {
    /** How much of a cell messages show. */
    private static final int LONGEST = 40;

    @Override
    public double[] numbers(String name, Origin origin) {
      double[] values = new double[cells.length];
      for (int row = 0; row < cells.length; row++) {
        values[row] = number(cells[row].strip(), row, name, origin);
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
      // tryParse takes the suffixes of Java's literals, and 12f in a table is no number.
      Double value =
          "dDfF".indexOf(cell.charAt(cell.length() - 1)) >= 0 ? null : Doubles.tryParse(cell);
      if (value == null) {
        throw new DataException(
            origin.cell(row, name)
                + ": "
                + quoted(cell)
                + " is not a number; correct the cell, or empty it if the value is missing");
      }
      if (!Double.isFinite(value)) {
        throw new DataException(
            origin.cell(row, name)
                + ": "
                + quoted(cell)
                + " is not a finite number; correct the cell, or empty it if the value is missing");
      }
      return value;
    }

    @Override
    public Dates dates(String name, Origin origin) {
      DateForm form = format.datePattern().map(DateForm::ofPattern).orElse(null);
      Temporal[] dates = new Temporal[cells.length];
      for (int row = 0; row < cells.length; row++) {
        String cell = cells[row].strip();
        if (format.isMissing(cell)) {
          throw missing(row, name, origin);
        }
        if (form == null) {
          form = DateForm.recognise(cell);
        }
        dates[row] = form == null ? null : form.parse(cell);
        if (dates[row] == null) {
          throw notDate(cell, row, form, name, origin);
        }
      }
      return new Dates(dates, name, origin);
    }

    private static DataException missing(int row, String name, Origin origin) {
      return new DataException(
          origin.cell(row, name) + ": the cell is empty; fill it, or leave the row out");
    }

    private static DataException notDate(
        String cell, int row, DateForm form, String name, Origin origin) {
      String wanted =
          form == null
              ? " is not a date like 2012-01-31, 2012-01-31T18:00, 2012-01 or 2012; write it so, or"
                  + " give a pattern"
              : " is not a date in the form " + form + "; correct the cell, or leave the row out";
      return new DataException(origin.cell(row, name) + ": " + quoted(cell) + wanted);
    }

    private static String quoted(String cell) {
      String line = cell.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
      boolean whole = cell.length() <= LONGEST && line.length() == cell.length();
      return "'"
          + (whole ? line : line.substring(0, Math.min(LONGEST, line.length())) + "...")
          + "'";
    }

    @Override
    public List<String> text() {
      return List.of(cells);
    }

    @Override
    public Column pick(int[] rows) {
      String[] picked = Arrays.stream(rows).mapToObj(row -> cells[row]).toArray(String[]::new);
      return new Text(picked, format);
    }
  }
}
