package dev.rnn4j.examples.forecast;

import dev.rnn4j.examples.cli.Names;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

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
      description = "how many rows the network reads (default: ${DEFAULT-VALUE})")
  private int window = 7;

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

  /**
   * Returns the task.
   *
   * @param bundled whether the table is the bundled weather, whose columns are known
   * @throws DataException where a column is not in the table, or of no use
   */
  Choice choose(Table read, boolean bundled) {
    Numbers.requirePositive("--window", window);
    Numbers.requirePositive("--horizon", horizon);
    Numbers.requirePositive("--largest-step", largestStep);
    Dataset.requireEnough(read, window, horizon);
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
    Task task = new Task(forecast, columns.features(), calendar, window, horizon);
    return new Choice(table, task, remarks);
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
