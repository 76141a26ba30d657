package dev.rnn4j.examples.forecast;

import dev.rnn4j.examples.cli.Names;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.forecast.choose.Columns;
import dev.rnn4j.examples.forecast.choose.Period;
import dev.rnn4j.examples.forecast.choose.Wanted;
import dev.rnn4j.examples.forecast.prepare.Origins;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.task.Calendar;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Target;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
      paramLabel = "A,B",
      description = "the columns to forecast (default: temp_max of the bundled weather)")
  private List<String> targets;

  @Option(
      names = "--features",
      paramLabel = "A,B,C",
      description =
          "the columns to forecast them from, beside their own past; a name with a comma is quoted,"
              + " as '\"rain, mm\",wind' (default: all numbers, and texts of which there are few)")
  private List<String> features;

  @Option(
      names = "--known",
      paramLabel = "A,B",
      description =
          "the columns that are known in advance, as holidays or prices: they are read in the rows"
              + " that are forecast too, the last of which stand at the end of the table")
  private List<String> known;

  @Option(
      names = "--series",
      paramLabel = "COLUMN",
      description =
          "the column that tells several series apart, as a shop's name; one model forecasts all of"
              + " them (default: all rows are one)")
  private String series;

  @Option(
      names = "--gaps",
      paramLabel = "P",
      converter = GapsName.class,
      description =
          "what becomes of missing values: skip leaves out the windows that have one, fill repeats"
              + " the last known one and marks it (default: skip)")
  private Gaps gaps = Gaps.SKIP;

  @Option(
      names = "--window",
      paramLabel = "N",
      converter = Numbers.Positive.class,
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
      converter = Numbers.Positive.class,
      description = "how many rows ahead are forecast, each of them (default: ${DEFAULT-VALUE})")
  private int horizon = 1;

  @Option(
      names = "--largest-step",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description =
          "how many usual steps between two dates are no gap yet: 3 lets working days cross a"
              + " weekend (default: ${DEFAULT-VALUE})")
  private int largestStep = 1;

  /** Windows that are tried, beside one that reaches back a season. */
  private static final List<Integer> WINDOWS = List.of(3, 7, 14);

  /** Windows and transforms are chosen by the last of more rows. */
  private static final int MOST = 20_000;

  private static final int QUARTERS = 4;

  /** What becomes of missing values. */
  enum Gaps {
    SKIP,
    FILL
  }

  /** What becomes of missing values, by its name. */
  static final class GapsName implements ITypeConverter<Gaps> {
    @Override
    public Gaps convert(String text) {
      if (!text.equals("skip") && !text.equals("fill")) {
        throw new TypeConversionException("'" + text + "' is not skip or fill");
      }
      return text.equals("fill") ? Gaps.FILL : Gaps.SKIP;
    }
  }

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
  Wanted wanted(Table read, boolean bundled) {
    int first = window == null ? WINDOWS.get(0) : window;
    Origins.requireEnough(read, first, horizon);
    List<String> forecast = targets(read, bundled);
    Optional<String> days = days(read, bundled);
    Optional<String> times = Optional.ofNullable(time).map(name -> Names.column(read, name));
    Optional<String> parted = series(read, days);
    parted.ifPresent(column -> requireNoSeries(column, forecast));
    Table table = days.map(column -> Calendar.read(read, column, times, parted)).orElse(read);
    Optional<Calendar> calendar =
        days.map(column -> Calendar.of(table, column, times, parted, largestStep));
    parted.ifPresent(column -> requireSeries(table, column, first));
    List<String> inAdvance = all(table, known);
    requireNoTarget(inAdvance, forecast);
    Task bare = task(forecast, inAdvance, parted, calendar, first);
    Origins origins = Origins.of(bare, table, MOST);
    Columns columns = new Columns(table, origins.known(), forecast, parted, horizon);
    requireTransform(table, forecast);
    Columns.Choice chosen =
        features == null
            ? columns.all(calendar.map(Calendar::columns).orElse(List.of()))
            : columns.named(
                Stream.concat(all(table, features).stream(), inAdvance.stream()).toList());
    requireRead(inAdvance, chosen.features());
    List<String> remarks = new ArrayList<>(chosen.leftOut());
    if (parted.isEmpty()) {
      calendar.ifPresent(
          dates -> remarks.addAll(table.dates(dates.column()).clockChanges(dates.spacing())));
    }
    Task task =
        bare.withFeatures(
                chosen.features().stream().map(one -> feature(table, one, inAdvance)).toList())
            .withCalendar(calendar.map(dates -> seen(dates, table, origins)));
    missing(table, task).ifPresent(remarks::add);
    Origins telling = origins.telling(task, table);
    List<Optional<Integer>> periods = Period.ofTargets(task, table, origins);
    List<Integer> seasons =
        periods.stream().flatMap(Optional::stream).map(rows -> rows + 1).distinct().toList();
    return new Wanted(
        table, task, telling, periods, windows(seasons), seasons, transforms(), remarks);
  }

  private Task task(
      List<String> forecast,
      List<String> inAdvance,
      Optional<String> parted,
      Optional<Calendar> calendar,
      int first) {
    return new Task(
        forecast.stream().map(name -> new Target(name, Transform.NONE)).toList(),
        inAdvance.stream().map(name -> Feature.number(name).inAdvance()).toList(),
        parted,
        calendar,
        first,
        horizon);
  }

  /** Where nothing can tell whether a season helps, a whole one has to be there, else a quarter. */
  private static Calendar seen(Calendar dates, Table table, Origins origins) {
    return dates.seenIn(table.slice(origins.known()), origins.folds().isEmpty() ? 1 : QUARTERS);
  }

  private Feature feature(Table table, Feature feature, List<String> inAdvance) {
    Feature known = inAdvance.contains(feature.column()) ? feature.inAdvance() : feature;
    boolean filled =
        gaps == Gaps.FILL && !feature.isText() && table.content(feature.column()).missing() > 0;
    return known.withFilled(filled);
  }

  /** Says what becomes of missing values, if there are any. */
  private Optional<String> missing(Table table, Task task) {
    boolean any =
        task.features().stream()
            .anyMatch(one -> !one.isText() && table.content(one.column()).missing() > 0);
    return any
        ? Optional.of(
            gaps == Gaps.FILL
                ? "missing values are filled with the last known one, and marked"
                : "windows with a missing value are left out; --gaps fill keeps them")
        : Optional.empty();
  }

  private static void requireNoTarget(List<String> inAdvance, List<String> forecast) {
    for (String name : inAdvance) {
      if (forecast.contains(name)) {
        throw new DataException(
            "column '"
                + name
                + "' is forecast, so nobody knows it in advance; leave it out of"
                + " --known or of --target");
      }
    }
  }

  private static void requireNoSeries(String column, List<String> forecast) {
    if (forecast.contains(column)) {
      throw new DataException(
          "column '"
              + column
              + "' tells series apart, so it cannot be forecast; leave it out of --series or of"
              + " --target");
    }
  }

  /** Who asks for a transform is told where it would change nothing. */
  private void requireTransform(Table table, List<String> forecast) {
    for (String target : forecast) {
      double[] values = table.column(target);
      if (transform != null && !transform.mayBeFor(values)) {
        int row =
            IntStream.range(0, values.length).filter(i -> values[i] < 0).findFirst().orElseThrow();
        throw new DataException(
            table.cellName(row, target)
                + ": the value "
                + values[row]
                + " is below 0, and the "
                + transform
                + " is for values from 0 on; leave out --transform "
                + transform.key()
                + ", or the row");
      }
    }
  }

  /** A column that differs from row to row tells no series apart. */
  private void requireSeries(Table table, String column, int shortest) {
    SeriesRows rows = SeriesRows.of(table, Optional.of(column));
    int longest = rows.all().stream().mapToInt(one -> one.length).max().orElse(0);
    int needed = shortest + horizon;
    if (longest < needed) {
      throw new DataException(
          table.source()
              + ": --series "
              + column
              + " makes "
              + rows.count()
              + " series of "
              + table.rows()
              + " rows, the longest of "
              + longest
              + ", and a window of "
              + shortest
              + " with what it forecasts takes "
              + needed
              + "; name a column that tells series apart, as a shop's name, or leave --series out");
    }
  }

  private void requireRead(List<String> inAdvance, List<Feature> features) {
    for (String name : inAdvance) {
      if (features.stream().noneMatch(one -> one.column().equals(name))) {
        throw new DataException("column '" + name + "' is of no use, so leave it out of --known");
      }
    }
  }

  private List<Integer> windows(List<Integer> seasons) {
    return window == null
        ? Stream.concat(WINDOWS.stream(), seasons.stream()).distinct().sorted().toList()
        : List.of(window);
  }

  private List<Transform> transforms() {
    return transform == null ? List.of(Transform.values()) : List.of(transform);
  }

  /** Returns all names in the arguments of an option, as the table has them. */
  private static List<String> all(Table table, List<String> arguments) {
    return arguments == null
        ? List.of()
        : arguments.stream().flatMap(given -> names(table, given)).distinct().toList();
  }

  /** An argument is the name of a column, or several with commas between them. */
  private static Stream<String> names(Table table, String given) {
    return table.names().contains(given.strip())
        ? Stream.of(given.strip())
        : Names.split(given).stream().map(name -> Names.column(table, name));
  }

  private List<String> targets(Table table, boolean bundled) {
    if (targets == null && !bundled) {
      throw new DataException(
          "name the column to forecast with --target; "
              + table.source()
              + " has "
              + String.join(", ", table.names()));
    }
    return targets == null ? List.of("temp_max") : all(table, targets);
  }

  private Optional<String> series(Table table, Optional<String> days) {
    if (series != null && days.isEmpty()) {
      throw new IllegalArgumentException(
          "--series needs --date: the rows of several series are parted by their dates");
    }
    return Optional.ofNullable(series).map(name -> Names.column(table, name));
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
