package dev.rnn4j.examples.forecast;

import dev.rnn4j.examples.cli.Names;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what to forecast from which columns. */
final class TaskOptions {
  @Option(
      names = "--date",
      paramLabel = "COLUMN",
      description = "the column of dates, which gives seasons and gaps (default: none)")
  private String date;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "the column of the time of day, where --date has the day only")
  private String time;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "the column to forecast (default: temp_max of the bundled weather)")
  private String target;

  @Option(
      names = "--features",
      paramLabel = "A,B,C",
      description =
          "the columns to forecast it from, beside its own past; a name with a comma is quoted, as"
              + " '\"rain, mm\",wind' (default: all numbers)")
  private List<String> features;

  @Option(
      names = "--window",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "how many rows the network reads (default: chosen)")
  private Integer window;

  @Option(
      names = "--transform",
      paramLabel = "T",
      converter = TransformName.class,
      description = "what the target is turned into: none, sqrt or log (default: chosen)")
  private Transform transform;

  @Option(
      names = "--horizon",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "how many rows ahead are forecast, each of them (default: ${DEFAULT-VALUE})")
  private int horizon = 1;

  @Option(
      names = "--largest-step",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "how many usual steps between two dates are no gap yet: 3 lets working days cross a"
              + " weekend (default: ${DEFAULT-VALUE})")
  private int largestStep = 1;

  private static final int DEFAULT_WINDOW = 7;
  private static final int SHORT_WINDOW = 3;

  /** A transform by its name. */
  static final class TransformName implements ITypeConverter<Transform> {
    @Override
    public Transform convert(String text) {
      return Stream.of(Transform.values())
          .filter(one -> one.key().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is not none, sqrt or log"));
    }
  }

  /**
   * Returns the task.
   *
   * @param bundled whether the table is the bundled weather, whose columns are known
   * @throws DataException where a column is not in the table, or of no use
   */
  Choice choose(Table read, boolean bundled) {
    int first = window == null ? DEFAULT_WINDOW : window;
    Numbers.requirePositive("--window", first);
    Numbers.requirePositive("--horizon", horizon);
    Numbers.requirePositive("--largest-step", largestStep);
    Dataset.requireEnough(read, first, horizon);
    String forecast = target(read, bundled);
    Optional<String> days = days(read, bundled);
    Optional<String> times = Optional.ofNullable(time).map(name -> Names.column(read, name));
    Table table = days.map(column -> Calendar.read(read, column, times)).orElse(read);
    Optional<Calendar> calendar =
        days.map(column -> Calendar.of(table, column, times, largestStep));
    Columns.Choice columns =
        columns(table, forecast, calendar.map(Calendar::columns).orElse(List.of()));
    List<String> remarks = new ArrayList<>(columns.leftOut());
    calendar.ifPresent(
        known -> remarks.addAll(table.dates(known.column()).clockChanges(known.spacing())));
    Task task = new Task(forecast, columns.features(), calendar, first, horizon, Transform.NONE);
    Search search = Search.among(task, table, windows(task, table), transforms());
    remarks.addAll(search.lines());
    return new Choice(table, search.chosen(), remarks);
  }

  /** The window that is preferred, a short one, and one that reaches back a season. */
  private List<Integer> windows(Task task, Table table) {
    if (window != null) {
      return List.of(window);
    }
    List<Integer> windows = new ArrayList<>(List.of(DEFAULT_WINDOW, SHORT_WINDOW));
    Dataset.period(task, table, Dataset.knownRows(table).to())
        .map(rows -> rows + 1)
        .filter(rows -> !windows.contains(rows))
        .ifPresent(windows::add);
    return windows;
  }

  private List<Transform> transforms() {
    return transform == null ? List.of(Transform.values()) : List.of(transform);
  }

  private Columns.Choice columns(Table table, String forecast, List<String> dates) {
    Columns columns = new Columns(table, forecast, horizon);
    return features == null
        ? columns.all(dates)
        : columns.named(features.stream().flatMap(given -> names(table, given)).toList());
  }

  /** An argument is the name of a column, or several with commas between them. */
  private static Stream<String> names(Table table, String given) {
    return table.names().contains(given.strip())
        ? Stream.of(given.strip())
        : Names.split(given).stream().map(name -> Names.column(table, name));
  }

  private String target(Table table, boolean bundled) {
    if (target == null && !bundled) {
      throw new DataException(
          "name the column to forecast with --target; "
              + table.source()
              + " has "
              + String.join(", ", table.names()));
    }
    return target == null ? "temp_max" : Names.column(table, target);
  }

  private Optional<String> days(Table table, boolean bundled) {
    if (date == null && time != null) {
      throw new IllegalArgumentException("--time is beside --date; name the column of the days");
    }
    return date == null && bundled
        ? Optional.of("date")
        : Optional.ofNullable(date).map(name -> Names.column(table, name));
  }
}
