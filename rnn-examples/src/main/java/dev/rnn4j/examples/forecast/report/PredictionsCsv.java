package dev.rnn4j.examples.forecast.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Judgement;
import dev.rnn4j.forecast.internal.quantile.Band;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The forecasts of the unseen rows as a table: a line for each row, target and horizon, with its
 * date or place, how far ahead, what happened, what each method said, and the interval of the
 * network.
 */
public final class PredictionsCsv {
  private PredictionsCsv() {}

  /** Writes all lines. */
  public static void write(Judgement judgement, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    boolean several = judgement.targets().size() > 1;
    List<String> methods =
        judgement.comparisons().stream()
            .flatMap(one -> one.methods().keySet().stream())
            .distinct()
            .toList();
    Comparison first = judgement.first();
    List<String> header = new ArrayList<>();
    header.add(first.dates().isPresent() ? "date" : "row");
    first.series().ifPresent(names -> header.add("series"));
    header.add("ahead");
    header.addAll(several ? List.of("target", "actual") : List.of(first.target()));
    methods.forEach(name -> header.add(name.replaceAll("[ ,]+", "_")));
    header.addAll(List.of("network_0.1", "network_0.9"));
    csv.writeRecord(header);
    for (Comparison comparison : judgement.comparisons()) {
      for (int i = 0; i < comparison.size(); i++) {
        csv.writeRecord(record(comparison, i, methods, several));
      }
    }
    csv.flush();
  }

  private static List<String> record(
      Comparison comparison, int i, List<String> methods, boolean several) {
    List<String> cells = new ArrayList<>();
    cells.add(comparison.rows().get(i));
    comparison.series().ifPresent(names -> cells.add(names.get(i)));
    cells.add(Integer.toString(comparison.ahead()));
    if (several) {
      cells.add(comparison.target());
    }
    cells.add(cell(comparison.actual()[i]));
    for (String name : methods) {
      Optional<Band> band = Optional.ofNullable(comparison.methods().get(name));
      cells.add(band.map(one -> cell(one.point()[i])).orElse(""));
    }
    cells.add(cell(comparison.network().low()[i]));
    cells.add(cell(comparison.network().high()[i]));
    return cells;
  }

  static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
