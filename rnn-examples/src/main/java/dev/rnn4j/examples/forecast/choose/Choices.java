package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.method.Baselines;
import dev.rnn4j.examples.forecast.prepare.Origins;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.quantile.Bands;
import dev.rnn4j.forecast.internal.quantile.Intervals;
import dev.rnn4j.forecast.internal.quantile.Past;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was chosen from the known rows of a table, and from them alone.
 *
 * @param wanted what there was to choose from
 * @param origins where the table is cut for the network
 * @param units what losses are in units of: the mean squared error of persistence for each output
 * @param steady for each target, the transform after which its seasons are most alike, and so its
 *     errors
 * @param linear the choice of the linear model
 * @param network the choice of the network
 * @param parts the known rows at their origins
 * @param baselines the intervals of each baseline, by its name: those that its errors on known rows
 *     ask for; in a short table, on all that it learns from
 */
public record Choices(
    Wanted wanted,
    Origins origins,
    double[] units,
    List<Transform> steady,
    LinearSearch linear,
    NetworkSearch network,
    List<Part> parts,
    Map<String, Intervals> baselines) {
  /** Networks are chosen by the last of more rows. */
  private static final int MOST = 6000;

  /**
   * Chooses.
   *
   * @param progress is told what takes its time now
   * @param trainings that those of the networks are some of
   */
  public static Choices of(
      Wanted wanted,
      NetworkSearch.Plan plan,
      Precision precision,
      Consumer<String> progress,
      Trainings trainings) {
    double[] units = units(wanted);
    LinearSearch linear = LinearSearch.among(wanted, units);
    Origins origins =
        Origins.of(linear.task(), wanted.table(), MOST).telling(linear.task(), wanted.table());
    List<Part> parts = origins.parts(linear.task(), wanted.table());
    NetworkSearch network =
        NetworkSearch.of(parts, units, linear.ridge(), plan, precision, progress, trainings);
    List<Transform> steady = steady(wanted);
    Function<Baselines.Method, Past> past = past(linear.task(), wanted.table(), origins, parts);
    Map<String, Intervals> baselines = new LinkedHashMap<>();
    Baselines.of(linear.task(), linear.ridge(), wanted.periods())
        .forEach((name, method) -> baselines.put(name, Intervals.fit(past.apply(method), steady)));
    return new Choices(wanted, origins, units, steady, linear, network, parts, baselines);
  }

  private static double[] units(Wanted wanted) {
    Task task = wanted.task();
    Table known = wanted.table().slice(wanted.origins().chosenBy());
    SeriesRows rows = SeriesRows.of(known, task.series());
    double[] units = new double[task.outputs()];
    for (int output = 0; output < units.length; output++) {
      double[] values = known.column(task.target(output).column());
      double[] later = rows.shifted(values, task.ahead(output));
      double[] squares = new double[values.length];
      Arrays.setAll(squares, row -> (later[row] - values[row]) * (later[row] - values[row]));
      double unit = DoubleArrays.mean(squares);
      units[output] = unit > 0 ? unit : 1;
    }
    return units;
  }

  private static List<Transform> steady(Wanted wanted) {
    Table known = wanted.table().slice(wanted.origins().known());
    SeriesRows rows = SeriesRows.of(known, wanted.task().series());
    List<Transform> steady = new ArrayList<>();
    for (int k = 0; k < wanted.periods().size(); k++) {
      double[] values = known.column(wanted.task().targets().get(k).column());
      steady.add(steady(values, rows, wanted.periods().get(k)));
    }
    return steady;
  }

  /** A series that is constant or short says nothing of any transform. */
  static Transform steady(double[] values, SeriesRows rows, Optional<Integer> period) {
    List<Transform> some =
        Stream.of(Transform.values()).filter(one -> one.mayBeFor(values)).toList();
    List<double[]> telling =
        rows.all().stream()
            .map(series -> IntStream.of(series).mapToDouble(row -> values[row]).toArray())
            .filter(
                mine ->
                    some.stream().allMatch(one -> Double.isFinite(one.unevenness(mine, period))))
            .toList();
    return some.stream()
        .min(
            Comparator.comparingDouble(
                one -> telling.stream().mapToDouble(mine -> one.unevenness(mine, period)).sum()))
        .orElse(Transform.NONE);
  }

  /** Returns the table, with its dates read. */
  public Table table() {
    return wanted.table();
  }

  /** Returns the task with the chosen window and transforms. */
  public Task task() {
    return linear.task();
  }

  /** Returns the chosen ridge of the linear model. */
  public double ridge() {
    return linear.ridge();
  }

  /** Returns what tells the past of a method. */
  private static Function<Baselines.Method, Past> past(
      Task task, Table table, Origins origins, List<Part> parts) {
    if (parts.isEmpty()) {
      Part all = origins.last(task, table);
      return method -> past(method, all, all.train());
    }
    return method -> Past.join(parts.stream().map(one -> past(method, one, one.test())).toList());
  }

  private static Past past(Baselines.Method method, Part part, Windows windows) {
    return part.past(windows, Bands.of(method.forecast(part, windows)));
  }

  /** Returns the intervals that errors ask for. */
  Intervals intervals(Past past) {
    return Intervals.fit(past, steady);
  }
}
