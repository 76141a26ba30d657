package dev.rnn4j.examples.forecast;

import dev.rnn4j.report.Readable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What was chosen, and what the alternatives scored, as people read it. */
final class ChoiceText {
  /** Epochs that the table of networks has a column for, if they were tried. */
  private static final List<Integer> EPOCHS = List.of(0, 5, 10, 20, 40, 60, 100);

  private final Choices choices;
  private final double[] units;

  ChoiceText(Choices choices, double[] units) {
    this.choices = choices;
    this.units = units;
  }

  /** Returns a table of losses as lines, the chosen one marked. */
  record Grid(String title, List<String> header, List<List<String>> rows) {
    List<String> lines() {
      List<String> lines = new ArrayList<>(List.of(title, line(header)));
      rows.forEach(row -> lines.add(line(row)));
      return lines;
    }

    private static String line(List<String> cells) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s", cells.get(0)));
      cells
          .subList(1, cells.size())
          .forEach(cell -> line.append(String.format(Locale.ROOT, "%19s", cell)));
      return line.toString().stripTrailing();
    }
  }

  /** Of one target, losses are errors in its own unit; of several, shares of persistence's. */
  private String error(double loss) {
    return Readable.of(Math.sqrt(loss) * (units.length == 1 ? Math.sqrt(units[0]) : 1), 4);
  }

  private String unit() {
    return units.length == 1 ? "RMSE" : "RMSE as a share of persistence's";
  }

  /** Returns what windows and transforms scored, none where there was no choice. */
  Optional<Grid> linear() {
    Map<LinearSearch.Candidate, Losses> results = choices.linear().results();
    if (results.size() < 2) {
      return Optional.empty();
    }
    Map<String, LinearSearch.Candidate> columns = new LinkedHashMap<>();
    results.keySet().forEach(one -> columns.putIfAbsent(column(one), one));
    List<String> header = new ArrayList<>(List.of("window"));
    header.addAll(columns.keySet());
    List<List<String>> rows = new ArrayList<>();
    for (int window :
        new TreeSet<>(results.keySet().stream().map(LinearSearch.Candidate::window).toList())) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(window)));
      columns
          .values()
          .forEach(
              one ->
                  row.add(
                      Optional.ofNullable(
                              results.get(
                                  new LinearSearch.Candidate(window, one.transform(), one.logs())))
                          .map(losses -> error(losses.mean()))
                          .orElse("")));
      rows.add(row);
    }
    return Optional.of(
        new Grid(
            unit() + " of linear autoregression from 4 origins in the rows that are known:",
            header,
            rows));
  }

  private static String column(LinearSearch.Candidate candidate) {
    return candidate.transform() + (candidate.logs() ? ", logs" : "");
  }

  /** Returns what the linear model is, in a sentence. */
  String chosenLinear() {
    Task task = choices.task();
    List<String> logs = task.features().stream().flatMap(Feature::remarks).toList();
    List<String> transforms =
        task.targets().stream()
            .filter(target -> target.transform() != Transform.NONE)
            .map(target -> target.transform() + " of " + target.column())
            .toList();
    List<String> read = new ArrayList<>(transforms);
    read.addAll(logs);
    return "chosen: window "
        + task.window()
        + (read.isEmpty() ? "" : ", the " + String.join(", the ", read))
        + ", ridge "
        + Readable.of(choices.ridge(), 3);
  }

  /** Returns what networks scored after some epochs, none where none was tried. */
  Optional<Grid> networks() {
    Map<Integer, List<Double>> losses = choices.network().losses();
    if (losses.isEmpty()) {
      return Optional.empty();
    }
    int tried = losses.values().iterator().next().size();
    TreeSet<Integer> epochs = new TreeSet<>(EPOCHS);
    epochs.add(choices.network().epochs());
    epochs.add(tried - 1);
    epochs.removeIf(epoch -> epoch >= tried);
    List<String> header = new ArrayList<>(List.of("hidden"));
    epochs.forEach(epoch -> header.add(epoch == 0 ? "0 epochs" : Integer.toString(epoch)));
    List<List<String>> rows = new ArrayList<>();
    losses.forEach(
        (hidden, curve) -> {
          List<String> row = new ArrayList<>(List.of(Integer.toString(hidden)));
          epochs.forEach(epoch -> row.add(error(curve.get(epoch))));
          rows.add(row);
        });
    return Optional.of(
        new Grid(unit() + " of networks that correct it, from the same origins:", header, rows));
  }

  /** Returns what the network is, in a sentence. */
  String chosenNetwork() {
    NetworkSearch network = choices.network();
    if (choices.parts().isEmpty()) {
      return "the rows are too few to choose by";
    }
    return network.epochs() == 0
        ? "chosen: the linear model alone; no network is better by more than two standard errors"
        : "chosen: " + network.hidden() + " hidden units, " + network.epochs() + " epochs";
  }
}
