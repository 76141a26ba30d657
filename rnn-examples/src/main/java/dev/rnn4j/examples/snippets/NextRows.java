package dev.rnn4j.examples.snippets;

import dev.rnn4j.forecast.Forecaster;
import dev.rnn4j.forecast.Outlook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Goes on from new rows with a model that {@code forecast} wrote. */
final class NextRows {
  private NextRows() {}

  static List<Outlook> next() throws IOException {
    // [block
    Forecaster forecaster = Forecaster.load(Path.of("out/sales/model.safetensors"));
    List<Outlook> next = forecaster.next(Path.of("sales.csv"));
    next.forEach(System.out::println);
    // block]
    return next;
  }
}
