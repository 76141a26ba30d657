package dev.rnn4j.examples.snippets;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.forecast.Forecaster;
import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Goes on from new rows with a model that {@code forecast} wrote. */
final class NextRows {
  private NextRows() {}

  static List<Outlook> next() throws IOException {
    // [block
    Forecaster forecaster = Forecaster.load(Path.of("out/sales/model.safetensors"));
    Table table = Csv.file(Path.of("sales.csv")).read();
    List<Outlook> next = forecaster.next(table);
    next.forEach(System.out::println);
    // block]
    return next;
  }
}
