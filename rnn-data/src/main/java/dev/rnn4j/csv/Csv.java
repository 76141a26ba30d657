package dev.rnn4j.csv;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.table.CellFormat;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a table from CSV (RFC 4180; LF, CRLF or CR), packed with gzip where the file's name ends in
 * {@code .gz}.
 *
 * <p>{@code Table weather = Csv.file(Path.of("weather.csv")).read();}
 *
 * <p>What is not set is recognised: the separator (comma, semicolon, tab or bar), the encoding by a
 * byte order mark, UTF-8 without one, the decimal mark and thousands marks of each column, and
 * whether the first line names the columns or is like the rows below it. A column without a name is
 * named by its position, 0 for the first. Blank lines are skipped, and so are separators at the end
 * of rows. What could be read in two ways is not read; the message says what to set.
 */
public final class Csv {
  /** So much of a file is looked at to recognise its layout. */
  private static final int SAMPLE = 1 << 16;

  /** What spreadsheets write on a first line of its own. */
  private static final Pattern DIRECTIVE = Pattern.compile("(?i)sep=(.)\\R?");

  private final String name;
  private final Bytes.Source source;
  private Charset charset = StandardCharsets.UTF_8;
  private Optional<Character> separator = Optional.empty();
  private Optional<Character> comment = Optional.empty();
  private Optional<Boolean> header = Optional.empty();
  private int skipped;
  private boolean units;
  private List<String> names = List.of();
  private CellFormat format = CellFormat.STANDARD;

  private Csv(String name, Bytes.Source source) {
    this.name = name;
    this.source = source;
  }

  /** Reads from a file. */
  public static Csv file(Path file) {
    checkNotNull(file, "a CSV was given null as its file");
    return new Csv(file.toString(), () -> Bytes.open(file));
  }

  /** Reads from a stream, once, and closes it; {@code name} stands for the file in messages. */
  public static Csv stream(String name, InputStream stream) {
    checkNotNull(name, "a CSV was given null as its name");
    checkNotNull(stream, "a CSV was given null as its stream");
    return new Csv(name, () -> stream);
  }

  private Csv with(Consumer<Csv> change) {
    Csv changed = new Csv(name, source);
    changed.charset = charset;
    changed.separator = separator;
    changed.comment = comment;
    changed.header = header;
    changed.skipped = skipped;
    changed.units = units;
    changed.names = names;
    changed.format = format;
    change.accept(changed);
    return changed;
  }

  /** Sets the character between cells; recognised if not set. */
  public Csv separator(char character) {
    checkArgument(
        "\"\r\n".indexOf(character) < 0 && !Character.isLetterOrDigit(character),
        "'%s' cannot part cells; give a comma, a semicolon, a tab or a bar",
        character);
    return with(csv -> csv.separator = Optional.of(character));
  }

  /**
   * Sets the decimal mark of numbers, a point or a comma; the other one, blanks and apostrophes may
   * then part thousands. Recognised if not set.
   */
  public Csv decimal(char mark) {
    CellFormat changed = format.decimal(mark);
    return with(csv -> csv.format = changed);
  }

  /** Sets the encoding of a file without a byte order mark; UTF-8 if not set. */
  public Csv charset(Charset encoding) {
    checkNotNull(encoding, "a CSV was given null as its charset");
    return with(csv -> csv.charset = encoding);
  }

  /** Takes the first line as names of the columns, whatever it looks like. */
  public Csv withHeader() {
    return with(csv -> csv.header = Optional.of(true));
  }

  /** Takes the first line as data; columns are named by their position unless names are given. */
  public Csv withoutHeader() {
    return with(csv -> csv.header = Optional.of(false));
  }

  /** Names the columns, whatever the header says. */
  public Csv names(String... columns) {
    return with(csv -> csv.names = List.of(columns));
  }

  /** Skips so many lines at the beginning, above the header. */
  public Csv skipRows(int lines) {
    checkArgument(lines >= 0, "%s lines cannot be skipped", lines);
    return with(csv -> csv.skipped = lines);
  }

  /** Skips the row below the header, which has the units of the columns. */
  public Csv unitsRow() {
    return with(csv -> csv.units = true);
  }

  /** Skips lines that begin with a character. */
  public Csv comment(char character) {
    return with(csv -> csv.comment = Optional.of(character));
  }

  /**
   * Adds cells that are missing values, beside blank ones and {@link CellFormat#MISSING}: NA, N/A,
   * NaN, null, none, ? and -, in any case.
   */
  public Csv missing(String... markers) {
    return with(csv -> csv.format = format.missing(markers));
  }

  /** Makes a missing number an error when its column is asked for, instead of NaN. */
  public Csv rejectMissing() {
    return with(csv -> csv.format = format.rejectingMissing());
  }

  /**
   * Sets how dates are written, as in {@link DateTimeFormatter}: {@code "dd/MM/yyyy"}; or {@code
   * "epoch-seconds"} or {@code "epoch-millis"} for numbers since 1970, {@code "excel-days"} for the
   * days that spreadsheets count, of which 43831 is 2020-01-01. If not set, ISO days, times and
   * moments with an offset, days with dots or slashes, months as 1949-01, years as 1700, digits
   * alone, and seconds or milliseconds since 1970 are recognised.
   *
   * @throws DataException for a pattern that leaves out a part of a date, or has a letter that
   *     means something else than it is there for
   */
  public Csv datePattern(String pattern) {
    checkNotNull(pattern, "a CSV was given null as its pattern of dates");
    CellFormat changed = format.datePattern(pattern);
    return with(csv -> csv.format = changed);
  }

  /**
   * Returns what is set, as texts by their names: to be kept, as beside a model, until {@link
   * #set(Map)} has another table read in the same way. What is recognised is not among them.
   */
  public Map<String, String> settings() {
    return new CsvSettings()
        .put(CsvSettings.SEPARATOR, separator)
        .put(CsvSettings.DECIMAL, format.decimal())
        .put(
            CsvSettings.ENCODING,
            Optional.of(charset.name()).filter(name -> charset != StandardCharsets.UTF_8))
        .putAnswer(CsvSettings.HEADER, header)
        .putAll(CsvSettings.NAME, names)
        .put(CsvSettings.SKIP_ROWS, Optional.of(skipped).filter(lines -> lines > 0))
        .putAnswer(CsvSettings.UNITS_ROW, Optional.of(units).filter(set -> set))
        .put(CsvSettings.COMMENT, comment)
        .putAll(CsvSettings.MISSING, format.missing().stream().sorted().toList())
        .putAnswer(
            CsvSettings.REJECT_MISSING, Optional.of(format.rejectMissing()).filter(set -> set))
        .put(CsvSettings.DATE_PATTERN, format.datePattern())
        .all();
  }

  /**
   * Sets what {@link #settings()} returned; what it did not have stays as it is here.
   *
   * @throws IllegalArgumentException that names a setting that there is not, or that has no such
   *     value
   */
  public Csv set(Map<String, String> settings) {
    return CsvSettings.set(this, settings);
  }

  /**
   * Reads everything.
   *
   * @throws DataException if there is no such file or it cannot be read, it is no text in its
   *     encoding, a quote is not closed, it is empty or has no rows below its header, two columns
   *     have one name, a row has more or fewer cells than the first, or two separators are as good
   */
  public Table read() {
    if (separator.isPresent() && separator.equals(format.decimal())) {
      throw new DataException(
          "'" + separator.get() + "' cannot part both cells and decimals; change one of the two");
    }
    try (InputStream stream = source.open();
        Reader text = Bytes.text(name, stream, charset);
        PushbackReader reader = new PushbackReader(text, SAMPLE)) {
      int line = skip(reader);
      Optional<Character> between = separator;
      String sample = sample(reader);
      Matcher directive = DIRECTIVE.matcher(sample);
      if (directive.lookingAt() && isWholeLine(sample, directive.end(1))) {
        reader.skip(directive.end());
        sample = sample.substring(directive.end());
        line++;
        between = separator.or(() -> Optional.of(directive.group(1).charAt(0)));
      }
      Layout layout = Layout.recognise(name, sample, between, header, comment, format);
      Records records =
          new Records(name, reader, charset.name(), line, layout.separator(), comment);
      return new CsvTable(name, layout, names, units, format).read(records);
    } catch (IOException e) {
      throw new DataException(
          name
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); check that it is whole, and yours to read",
          e);
    }
  }

  private static boolean isWholeLine(String sample, int end) {
    return end == sample.length() || sample.charAt(end) == '\n' || sample.charAt(end) == '\r';
  }

  /** Skips lines, and returns the number of the next one. */
  private int skip(PushbackReader reader) throws IOException {
    int line = 1;
    while (line <= skipped) {
      int c = reader.read();
      if (c == '\r') {
        c = reader.read();
        if (c != '\n' && c >= 0) {
          reader.unread(c);
        }
        c = '\n';
      }
      if (c < 0) {
        break;
      }
      line += c == '\n' ? 1 : 0;
    }
    return line;
  }

  /** Returns the first lines, which stay to be read. */
  private static String sample(PushbackReader reader) throws IOException {
    char[] buffer = new char[SAMPLE];
    int filled = 0;
    int count = 0;
    while (filled < SAMPLE && count >= 0) {
      count = reader.read(buffer, filled, SAMPLE - filled);
      filled += Math.max(0, count);
    }
    reader.unread(buffer, 0, filled);
    String sample = new String(buffer, 0, filled);
    int lines = Math.max(sample.lastIndexOf('\n'), sample.lastIndexOf('\r'));
    return filled < SAMPLE || lines < 0 ? sample : sample.substring(0, lines);
  }
}
