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
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How good the network is on rows that it has not seen, and what is simpler, for each target, by
 * how far ahead they look.
 *
 * @param comparisons one for each output
 */
record Judgement(List<Comparison> comparisons) {
  /** Forecasts windows by the network and by what it has to be better than. */
  static Judgement of(Choices choices, Part part, Windows windows, Bands network) {
    Task task = part.task();
    Map<String, Bands> bands = new LinkedHashMap<>();
    bands.put(Comparison.NETWORK, network);
    Baselines.of(task, choices.ridge(), choices.periods())
        .forEach(
            (name, method) ->
                bands.put(
                    name,
                    Bands.of(method.forecast(part, windows))
                        .within(choices.past(method).intervals(choices.steady()))));
    List<Comparison> comparisons = new ArrayList<>();
    for (int output = 0; output < task.outputs(); output++) {
      Map<String, Band> methods = new LinkedHashMap<>();
      for (Map.Entry<String, Bands> method : bands.entrySet()) {
        Band band = method.getValue().output(output);
        // Methods without a single forecast are left out.
        if (Arrays.stream(band.point()).anyMatch(value -> !Double.isNaN(value))) {
          methods.put(method.getKey(), band);
        }
      }
      int target = output / task.horizon();
      double naive =
          Baselines.naiveError(
              part, choices.origins().known().to(), target, choices.periods().get(target));
      comparisons.add(Comparison.of(part, windows, output, methods, naive));
    }
    return new Judgement(comparisons);
  }

  /** Returns the comparison of the forecasts of the first target one row ahead. */
  Comparison first() {
    return comparisons.get(0);
  }

  List<String> targets() {
    return comparisons.stream().map(Comparison::target).distinct().toList();
  }

  /** Returns the comparisons of one target, one row ahead first. */
  List<Comparison> of(String target) {
    return comparisons.stream().filter(one -> one.target().equals(target)).toList();
  }

  int horizon() {
    return of(targets().get(0)).size();
  }

  /** Returns the scores of every method for a target over all horizons. */
  Map<String, Score> scores(String target) {
    Map<String, Score> scores = new LinkedHashMap<>();
    List<Comparison> some = of(target);
    for (String name : some.get(0).methods().keySet()) {
      scores.put(
          name,
          Score.overall(
              some.stream()
                  .filter(comparison -> comparison.methods().containsKey(name))
                  .map(comparison -> comparison.score(name))
                  .toList()));
    }
    return scores;
  }

  /**
   * Writes a line for each row, target and horizon: its date or place, how far ahead, what
   * happened, what each method said, and the interval of the network.
   */
  void writeCsv(OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    boolean several = targets().size() > 1;
    List<String> methods =
        comparisons.stream().flatMap(one -> one.methods().keySet().stream()).distinct().toList();
    List<String> header = new ArrayList<>();
    header.add(first().dates().isPresent() ? "date" : "row");
    first().series().ifPresent(names -> header.add("series"));
    header.add("ahead");
    header.addAll(several ? List.of("target", "actual") : List.of(first().target()));
    methods.forEach(name -> header.add(name.replaceAll("[ ,]+", "_")));
    header.addAll(List.of("network_0.1", "network_0.9"));
    csv.writeRecord(header);
    for (Comparison comparison : comparisons) {
      for (int i = 0; i < comparison.actual().length; i++) {
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
    Band network = comparison.methods().get(Comparison.NETWORK);
    cells.add(cell(network.low()[i]));
    cells.add(cell(network.high()[i]));
    return cells;
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** Returns the judgement of all rows that several are of, one after the other. */
  static Judgement join(List<Judgement> parts) {
    return new Judgement(
        IntStream.range(0, parts.get(0).comparisons.size())
            .mapToObj(
                output ->
                    Comparison.join(
                        parts.stream().map(part -> part.comparisons.get(output)).toList()))
            .toList());
  }
}
