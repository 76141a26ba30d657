package dev.rnn4j.examples.forecast;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rnn4j.window.Windows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How good the network is on rows that it has not seen, and what is simpler, by how far ahead they
 * look.
 *
 * @param byHorizon one row ahead first
 */
record Judgement(List<Comparison> byHorizon) {
  /** Forecasts the unseen part by the network and by what it has to be better than. */
  static Judgement of(Dataset data, Forecaster forecaster) {
    Map<String, Baselines.Method> methods = new LinkedHashMap<>();
    methods.put(Comparison.NETWORK, windows -> forecaster.predict(data.table(), windows));
    methods.putAll(Baselines.of(data));
    return of(data, data.test(), methods);
  }

  /** Methods without a single forecast are left out. */
  private static Judgement of(
      Dataset data, Windows windows, Map<String, Baselines.Method> methods) {
    int horizon = data.scaling().task().horizon();
    List<Map<String, double[]>> forecasts = new ArrayList<>();
    List<Map<String, Interval>> intervals = new ArrayList<>();
    for (int ahead = 0; ahead < horizon; ahead++) {
      forecasts.add(new LinkedHashMap<>());
      intervals.add(new LinkedHashMap<>());
    }
    methods.forEach(
        (name, method) -> {
          double[][] unseen = method.forecast(windows);
          List<Interval> fitted = data.intervals(method);
          for (int ahead = 0; ahead < horizon; ahead++) {
            if (Arrays.stream(unseen[ahead]).anyMatch(value -> !Double.isNaN(value))) {
              forecasts.get(ahead).put(name, unseen[ahead]);
              intervals.get(ahead).put(name, fitted.get(ahead));
            }
          }
        });
    return new Judgement(
        IntStream.range(0, horizon)
            .mapToObj(
                ahead ->
                    Comparison.of(
                        data, windows, ahead + 1, forecasts.get(ahead), intervals.get(ahead)))
            .toList());
  }

  /** Returns the comparison of the forecasts one row ahead. */
  Comparison first() {
    return byHorizon.get(0);
  }

  /** Returns the scores of every method over all horizons. */
  Map<String, Score> scores() {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (String name : first().methods().keySet()) {
      scores.put(
          name,
          Score.overall(
              byHorizon.stream()
                  .filter(comparison -> comparison.methods().containsKey(name))
                  .map(comparison -> comparison.score(name, comparison.methods().get(name)))
                  .toList()));
    }
    return scores;
  }

  /**
   * Writes a line for each row and horizon: its date or place, how far ahead, what happened, what
   * each method said, and the interval of the network.
   */
  void writeCsv(OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    List<String> header = new ArrayList<>();
    header.add(first().dates().isPresent() ? "date" : "row");
    header.addAll(List.of("ahead", first().target()));
    first().methods().keySet().forEach(name -> header.add(name.replaceAll("[ ,]+", "_")));
    header.addAll(List.of("network_0.1", "network_0.9"));
    csv.writeRecord(header);
    for (Comparison comparison : byHorizon) {
      for (int i = 0; i < comparison.actual().length; i++) {
        csv.writeRecord(record(comparison, i));
      }
    }
    csv.flush();
  }

  private List<String> record(Comparison comparison, int i) {
    List<String> cells = new ArrayList<>();
    cells.add(comparison.rows().get(i));
    cells.add(Integer.toString(comparison.ahead()));
    cells.add(cell(comparison.actual()[i]));
    for (String name : first().methods().keySet()) {
      double[] forecasts = comparison.methods().get(name);
      cells.add(forecasts == null ? "" : cell(forecasts[i]));
    }
    double network = comparison.methods().get(Comparison.NETWORK)[i];
    Interval interval = comparison.intervals().get(Comparison.NETWORK);
    cells.add(cell(interval.low(network)));
    cells.add(cell(interval.high(network)));
    return cells;
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
