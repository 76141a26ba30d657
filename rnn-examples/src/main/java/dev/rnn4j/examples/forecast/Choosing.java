package dev.rnn4j.examples.forecast;

import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes all choices, from the known rows alone, and says what they were. */
final class Choosing {
  /** Networks are chosen by the last of more rows. */
  private static final int MOST = 6000;

  private Choosing() {}

  /** Returns for each target the transform after which its seasons are most alike. */
  private static List<Transform> steady(TaskOptions.Wanted wanted) {
    Table known = wanted.table().slice(wanted.origins().known());
    SeriesRows rows = SeriesRows.of(known, wanted.task().series());
    List<Transform> steady = new ArrayList<>();
    for (int k = 0; k < wanted.periods().size(); k++) {
      double[] values = known.column(wanted.task().targets().get(k).column());
      Optional<Integer> period = wanted.periods().get(k);
      steady.add(
          Stream.of(Transform.values())
              .filter(one -> one.mayBeFor(values))
              .min(Comparator.comparingDouble(one -> unevenness(one, values, rows, period)))
              .orElse(Transform.NONE));
    }
    return steady;
  }

  private static double unevenness(
      Transform transform, double[] values, SeriesRows rows, Optional<Integer> period) {
    return rows.all().stream()
        .map(series -> IntStream.of(series).mapToDouble(row -> values[row]).toArray())
        .mapToDouble(mine -> transform.unevenness(mine, period))
        .sum();
  }

  /**
   * Chooses.
   *
   * @param print is told what was chosen, and what the alternatives scored
   * @param progress is told what takes its time now
   */
  static Choices of(
      TaskOptions.Wanted wanted,
      NetworkSearch.Plan plan,
      Precision precision,
      Consumer<String> print,
      Consumer<String> progress) {
    double[] units = Choices.units(wanted.task(), wanted.table(), wanted.origins());
    LinearSearch linear =
        LinearSearch.among(
            wanted.task(),
            wanted.table(),
            wanted.origins(),
            units,
            wanted.windows(),
            wanted.seasons(),
            wanted.transforms());
    Origins origins = Origins.of(linear.task(), wanted.table(), MOST);
    List<Part> parts = origins.parts(linear.task(), wanted.table());
    NetworkSearch network =
        NetworkSearch.of(parts, units, linear.ridge(), plan, precision, progress);
    Choices choices =
        new Choices(
            wanted.table(), origins, wanted.periods(), steady(wanted), linear, network, parts);
    ChoiceText text = new ChoiceText(choices, units);
    text.linear()
        .ifPresent(
            grid -> {
              grid.lines().forEach(print);
              print.accept(text.chosenLinear());
            });
    text.networks().ifPresent(grid -> grid.lines().forEach(print));
    print.accept(text.chosenNetwork());
    return choices;
  }
}
