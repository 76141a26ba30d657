package dev.rnn4j.examples.forecast.report;

import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.choose.LinearSearch;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.choose.WindowLosses;
import dev.rnn4j.forecast.internal.quantile.Intervals;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.report.Readable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was chosen, and what the alternatives scored, as people read it. */
public final class ChoiceText {
  /** Epochs that the table of networks has a column for, if they were tried. */
  private static final List<Integer> EPOCHS = List.of(0, 5, 10, 20, 40, 60, 100);

  private final Choices choices;
  private final NetworkSearch.Plan plan;
  private final double[] units;

  /**
   * Creates the text.
   *
   * @param plan what networks were tried
   */
  public ChoiceText(Choices choices, NetworkSearch.Plan plan) {
    this.choices = choices;
    this.plan = plan;
    this.units = choices.units();
  }

  /** Returns all as lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    linear()
        .ifPresent(
            grid -> {
              lines.addAll(grid.lines());
              lines.add(chosenLinear());
            });
    networks().ifPresent(grid -> lines.addAll(grid.lines()));
    lines.add(chosenNetwork());
    narrowIntervals().ifPresent(lines::add);
    return lines;
  }

  /** Of one target, losses are errors in its own unit; of several, shares of persistence's. */
  public double error(double loss) {
    return Math.sqrt(loss) * (units.length == 1 ? Math.sqrt(units[0]) : 1);
  }

  private String text(double loss) {
    return Readable.of(error(loss), 4);
  }

  /** Returns what errors are. */
  public String unit() {
    return units.length == 1 ? "RMSE" : "RMSE as a share of persistence's";
  }

  /** Returns what windows and transforms scored, none where there was no choice. */
  public Optional<Grid> linear() {
    Map<LinearSearch.Candidate, WindowLosses> results = choices.linear().results();
    if (results.size() < 2) {
      return Optional.empty();
    }
    LinearSearch.Candidate chosen = choices.linear().chosen();
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
                          .map(losses -> text(losses.mean()))
                          .orElse("")));
      rows.add(row);
    }
    return Optional.of(
        new Grid(
            unit()
                + " of linear autoregression from "
                + choices.wanted().origins().folds().size()
                + " origins in the rows that are known:",
            header,
            rows,
            IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).get(0).equals(Integer.toString(chosen.window())))
                .findFirst()
                .orElse(-1),
            header.indexOf(column(chosen))));
  }

  private static String column(LinearSearch.Candidate candidate) {
    return candidate.transform() + (candidate.logs() ? ", logs" : "");
  }

  /** Returns what the linear model is, in a sentence. */
  public String chosenLinear() {
    Task task = choices.task();
    List<String> logs = task.features().stream().flatMap(Feature::remarks).toList();
    List<String> transforms =
        task.targets().stream()
            .filter(target -> target.transform() != Transform.NONE)
            .map(target -> target.transform() + " of " + target.column())
            .toList();
    Said said = new Said();
    said.add(choices.wanted().windows().size() == 1, "window " + task.window());
    boolean given = choices.wanted().transforms().size() == 1;
    transforms.forEach(transform -> said.add(given, "the " + transform));
    logs.forEach(log -> said.add(false, "the " + log));
    said.add(false, "ridge " + Readable.of(choices.ridge(), 3));
    return said.toString();
  }

  /** What was given and what was chosen, in a sentence. */
  private static final class Said {
    private final List<String> given = new ArrayList<>();
    private final List<String> chosen = new ArrayList<>();

    void add(boolean isGiven, String what) {
      (isGiven ? given : chosen).add(what);
    }

    @Override
    public String toString() {
      return Stream.of(text("given: ", given), text("chosen: ", chosen))
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining("; "));
    }

    private static String text(String begin, List<String> some) {
      return some.isEmpty() ? "" : begin + String.join(", ", some);
    }
  }

  /** Returns what networks scored after some epochs, none where none was tried. */
  public Optional<Grid> networks() {
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
          epochs.forEach(epoch -> row.add(text(curve.get(epoch))));
          rows.add(row);
        });
    return Optional.of(
        new Grid(
            unit() + " of networks that correct it, from the same origins:",
            header,
            rows,
            List.copyOf(losses.keySet()).indexOf(choices.network().hidden()),
            1 + epochs.headSet(choices.network().epochs()).size()));
  }

  /** Returns a sentence on what the intervals rest on, where that is too little. */
  public Optional<String> narrowIntervals() {
    if (choices.parts().isEmpty()) {
      return Optional.of(
          "the 80 % intervals rest on errors of rows that are learnt from, as there are too few"
              + " others: they are too narrow");
    }
    long errors = choices.network().past().errors();
    return errors < Intervals.FEWEST
        ? Optional.of("the 80 % intervals rest on few errors, " + errors + ": take them as a guess")
        : Optional.empty();
  }

  /** Returns what the network is, in a sentence. */
  public String chosenNetwork() {
    NetworkSearch network = choices.network();
    if (choices.parts().isEmpty()) {
      return "the rows are too few to choose by";
    }
    if (network.epochs() == 0) {
      return "chosen: the linear model alone; no network is better by more than two standard errors";
    }
    Said said = new Said();
    said.add(plan.hidden().size() == 1, count(network.hidden(), "hidden unit"));
    said.add(plan.given(), count(network.epochs(), "epoch"));
    return said.toString();
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
