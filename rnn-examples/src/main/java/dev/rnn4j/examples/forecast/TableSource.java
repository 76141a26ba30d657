package dev.rnn4j.examples.forecast;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.cli.TableOptions;
import dev.rnn4j.examples.dataset.Bundled;
import dev.rnn4j.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which table to read, and how. */
final class TableSource {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "a table, packed where its name ends in .gz (default: the bundled daily weather of"
              + " Seattle)")
  private Path csv;

  @Mixin private TableOptions options;

  @Option(
      names = "--date-format",
      paramLabel = "PATTERN",
      description =
          "how dates are written, as dd/MM/yyyy, or epoch-seconds, epoch-millis, excel-days"
              + " (default: recognised)")
  private String dateFormat;

  @Option(
      names = "--names",
      paramLabel = "A,B",
      description = "names for the columns, in place of the first line's")
  private List<String> names;

  boolean isBundled() {
    return csv == null;
  }

  /** Returns the table that is read where no other one is named. */
  Table bundled() {
    return Bundled.seattleWeather();
  }

  /**
   * Reads the table.
   *
   * @param kept what else is set for it, where no option says otherwise
   */
  Table read(UnaryOperator<Csv> kept) {
    if (isBundled()) {
      options.requireUnset();
      requireUnset("--date-format", dateFormat);
      requireUnset("--names", names);
      return bundled();
    }
    return set(kept.apply(Csv.file(csv))).read();
  }

  /** Returns what these options set, to read another table in the same way. */
  Map<String, String> settings() {
    return isBundled() ? Map.of() : set(Csv.file(csv)).settings();
  }

  private Csv set(Csv table) {
    Csv reader = options.applyTo(table);
    reader = names == null ? reader : reader.names(TableOptions.all(names));
    return dateFormat == null ? reader : reader.datePattern(dateFormat);
  }

  private static void requireUnset(String option, Object value) {
    if (value != null) {
      throw TableOptions.ownTable(option);
    }
  }
}
