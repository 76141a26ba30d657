package dev.rnn4j.examples.forecast;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.dataset.Bundled;
import dev.rnn4j.table.Table;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which table to read, and how. */
final class TableSource {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "a table with a header (default: the bundled daily weather of Seattle)")
  private Path csv;

  @Option(
      names = "--separator",
      paramLabel = "C",
      description = "what stands between the cells (default: a comma)")
  private Character separator;

  @Option(
      names = "--date-format",
      paramLabel = "PATTERN",
      description = "how dates are written, as dd.MM.yyyy (default: ISO dates are recognised)")
  private String dateFormat;

  boolean isBundled() {
    return csv == null;
  }

  Table read() {
    if (isBundled()) {
      return Bundled.seattleWeather();
    }
    Csv reader = Csv.file(csv);
    if (separator != null) {
      reader = reader.separator(separator);
    }
    return dateFormat == null ? reader.read() : reader.datePattern(dateFormat).read();
  }
}
