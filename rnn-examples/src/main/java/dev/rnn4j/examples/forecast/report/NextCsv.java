package dev.rnn4j.examples.forecast.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.forecast.internal.task.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows the last row as a table: a line for each forecast, with its date or place, its
 * series if there are several, its target, what is expected, and the interval, with all digits.
 */
public final class NextCsv {
  private NextCsv() {}

  /** Writes all lines. */
  public static void write(Task task, List<Outlook> next, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    List<String> header = new ArrayList<>();
    header.add(task.calendar().isPresent() ? "date" : "row");
    task.series().ifPresent(column -> header.add("series"));
    header.addAll(List.of("target", "network", "network_0.1", "network_0.9"));
    csv.writeRecord(header);
    for (Outlook one : next) {
      List<String> cells = new ArrayList<>(List.of(one.when()));
      one.series().ifPresent(cells::add);
      cells.add(one.target());
      cells.add(PredictionsCsv.cell(one.value()));
      cells.add(PredictionsCsv.cell(one.low()));
      cells.add(PredictionsCsv.cell(one.high()));
      csv.writeRecord(cells);
    }
    csv.flush();
  }
}
