package dev.rnn4j.csv;

import com.google.common.collect.Iterables;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.rnn4j.table.CellFormat;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads a table from CSV (RFC 4180; LF, CRLF or CR; with or without a byte order mark).
 *
 * <p>{@code Table weather = Csv.file(Path.of("weather.csv")).read();}
 *
 * <p>The first line names the columns; one without a name is named by its position, 0 for the
 * first. Blank lines are skipped.
 */
public final class Csv {
  /** What decoding writes for bytes that it cannot decode, and what no text contains. */
  private static final Pattern NO_TEXT = Pattern.compile("[\uFFFD\\x00]");

  private interface Source {
    InputStream open() throws IOException;
  }

  private final String name;
  private final Source source;
  private Charset charset = StandardCharsets.UTF_8;
  private char separator = ',';
  private boolean header = true;
  private List<String> names = List.of();
  private CellFormat format = CellFormat.STANDARD;

  private Csv(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  /** Reads from a file. */
  public static Csv file(Path file) {
    return new Csv(file.toString(), () -> open(file));
  }

  /** Reads from a stream, once, and closes it; {@code name} stands for the file in messages. */
  public static Csv stream(String name, InputStream stream) {
    return new Csv(name, () -> stream);
  }

  private static InputStream open(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new DataException(
          "there is no file "
              + file
              + " (looked for "
              + file.toAbsolutePath()
              + "); check the path");
    }
    if (Files.isDirectory(file)) {
      throw new DataException(file + " is a directory; name a CSV file in it");
    }
    return Files.newInputStream(file);
  }

  private Csv with(Consumer<Csv> change) {
    Csv changed = new Csv(name, source);
    changed.charset = charset;
    changed.separator = separator;
    changed.header = header;
    changed.names = names;
    changed.format = format;
    change.accept(changed);
    return changed;
  }

  /** Sets the character between cells; a comma if not set. */
  public Csv separator(char character) {
    return with(csv -> csv.separator = character);
  }

  /** Sets the encoding of a file without a byte order mark; UTF-8 if not set. */
  public Csv charset(Charset encoding) {
    return with(csv -> csv.charset = encoding);
  }

  /** Takes the first line as data; columns are named by their position unless names are given. */
  public Csv withoutHeader() {
    return with(csv -> csv.header = false);
  }

  /** Names the columns, whatever the header says. */
  public Csv names(String... columns) {
    return with(csv -> csv.names = List.of(columns));
  }

  /**
   * Sets the cells that are missing values, beside empty ones; NA, N/A, NaN, nan, null if not set.
   */
  public Csv missing(String... markers) {
    return with(
        csv ->
            csv.format =
                new CellFormat(Set.of(markers), format.rejectMissing(), format.datePattern()));
  }

  /** Makes a missing number an error when its column is asked for, instead of NaN. */
  public Csv rejectMissing() {
    return with(csv -> csv.format = new CellFormat(format.missing(), true, format.datePattern()));
  }

  /**
   * Sets how dates are written, as in {@link DateTimeFormatter}: {@code "dd.MM.yyyy"}. If not set,
   * ISO days and times, months as 1949-01 and years as 1700 are recognised.
   *
   * @throws IllegalArgumentException for a pattern with a mistake
   */
  public Csv datePattern(String pattern) {
    DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    return with(
        csv ->
            csv.format =
                new CellFormat(format.missing(), format.rejectMissing(), Optional.of(pattern)));
  }

  /**
   * Reads everything.
   *
   * @throws DataException if there is no such file or it cannot be read, it is empty or has no rows
   *     below its header, two columns have one name, or a row has more or fewer cells than the
   *     first
   */
  public Table read() {
    List<CsvRecord> records = records();
    if (records.isEmpty()) {
      throw new DataException(name + " is empty; it needs a header and rows below it");
    }
    List<String> columns = columns(records.get(0));
    List<CsvRecord> rows = header ? records.subList(1, records.size()) : records;
    if (rows.isEmpty()) {
      throw new DataException(name + " has a header and no rows below it; add rows");
    }
    return table(columns, rows);
  }

  private List<CsvRecord> records() {
    try (InputStream stream = source.open();
        CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .skipEmptyLines(false)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(stream, charset)) {
      return withoutBlankLines(reader);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new DataException(
          name + " cannot be read (" + reason(e) + "); check that it is whole, and yours to read",
          e);
    }
  }

  /** In a table of one column, a blank line before the end is a missing value. */
  private static List<CsvRecord> withoutBlankLines(Iterable<CsvRecord> reader) {
    List<CsvRecord> records = new ArrayList<>();
    for (CsvRecord record : reader) {
      boolean single = !records.isEmpty() && records.get(0).getFieldCount() == 1;
      if (single || !isBlank(record)) {
        records.add(record);
      }
    }
    while (!records.isEmpty() && isBlank(Iterables.getLast(records))) {
      records.remove(records.size() - 1);
    }
    return records;
  }

  private static boolean isBlank(CsvRecord record) {
    return record.getFieldCount() == 1 && record.getField(0).isBlank();
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private List<String> columns(CsvRecord first) {
    if (first.getFields().stream().anyMatch(cell -> NO_TEXT.matcher(cell).find())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s, line %d: this is not %s text; set the encoding, if it is CSV at all",
              name,
              first.getStartingLineNumber(),
              charset));
    }
    if (!names.isEmpty() && names.size() != first.getFieldCount()) {
      throw new DataException(
          name
              + " has "
              + first.getFieldCount()
              + " columns, and there are "
              + names.size()
              + " names for them: "
              + String.join(", ", names));
    }
    List<String> columns = new ArrayList<>();
    for (int position = 0; position < first.getFieldCount(); position++) {
      String column = header ? first.getField(position).strip() : "";
      column = names.isEmpty() ? column : names.get(position);
      column = column.isEmpty() ? Integer.toString(position) : column;
      if (columns.contains(column)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s, line %d: the columns at the positions %d and %d are both named '%s'; give"
                    + " each its own name",
                name,
                first.getStartingLineNumber(),
                columns.indexOf(column),
                position,
                column));
      }
      columns.add(column);
    }
    return columns;
  }

  private Table table(List<String> columns, List<CsvRecord> rows) {
    Map<String, List<String>> cells = new LinkedHashMap<>();
    columns.forEach(column -> cells.put(column, new ArrayList<>(rows.size())));
    int[] lines = new int[rows.size()];
    for (int row = 0; row < lines.length; row++) {
      CsvRecord record = rows.get(row);
      lines[row] = Math.toIntExact(record.getStartingLineNumber());
      if (record.getFieldCount() != columns.size()) {
        throw new DataException(ragged(record, columns));
      }
      int position = 0;
      for (List<String> column : cells.values()) {
        column.add(record.getField(position++));
      }
    }
    return Table.ofText(name, lines, cells, format);
  }

  private String ragged(CsvRecord record, List<String> columns) {
    int count = record.getFieldCount();
    String cure =
        count < columns.size()
            ? "give a cell for column '" + columns.get(count) + "', empty if its value is missing"
            : "put quotes around a cell that contains a '" + separator + "'";
    return String.format(
        Locale.ROOT,
        "%s, line %d: the row has %d cells, and the table %d columns; %s",
        name,
        record.getStartingLineNumber(),
        count,
        columns.size(),
        cure);
  }
}
