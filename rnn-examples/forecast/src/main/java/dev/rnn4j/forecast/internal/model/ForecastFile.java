package dev.rnn4j.forecast.internal.model;

import com.google.common.collect.Sets;
import com.google.common.primitives.Ints;
import dev.rnn4j.csv.Csv;
import dev.rnn4j.forecast.internal.network.CellKind;
import dev.rnn4j.forecast.internal.network.Network;
import dev.rnn4j.forecast.internal.network.Size;
import dev.rnn4j.forecast.internal.prepare.Scaling;
import dev.rnn4j.forecast.internal.quantile.Interval;
import dev.rnn4j.forecast.internal.quantile.Intervals;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.TaskText;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.io.NamedTensors;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A {@link ForecastModel} as a safetensors file: the parameters by their paths, scaler and
 * intervals beside them, the task as metadata.
 */
final class ForecastFile {
  private static final String FORMAT = "rnn4j forecast 5";
  private static final String EARLIER = "rnn4j forecast ";
  private static final String SCALER = "scaler.";
  private static final String INTERVALS = "intervals";

  /** Those of all series together, in units of each. Files of earlier versions have none of it. */
  private static final String IN_UNITS = "series.intervals";

  /** What series have of their own: tensors, and their names. */
  private static final String SERIES = "series.";

  /** Whether few rows of a series were known. Files of earlier versions have none of it. */
  private static final String PROVISIONAL = "provisional";

  /** How a table is read. Files of earlier versions have none of it. */
  private static final String READING = "read.";

  private static final int NUMBERS = 7;

  private final NamedTensors content;
  private final TaskText texts;

  private ForecastFile(NamedTensors content) {
    this.content = content;
    this.texts = new TaskText(content.metadata());
  }

  static void save(
      Path file,
      Scaling scaling,
      Size size,
      Intervals intervals,
      Map<String, String> reading,
      Map<String, Tensor> parameters)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters);
    scaling.all().toTensors().forEach((name, tensor) -> tensors.put(SCALER + name, tensor));
    tensors.put(intervals.inUnits() ? IN_UNITS : INTERVALS, tensor(intervals.all()));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("cell", size.cell().key());
    texts.put("members", Integer.toString(size.members()));
    texts.put("hidden", Integer.toString(size.hidden()));
    texts.putAll(TaskText.of(scaling.task()));
    reading.forEach((name, value) -> texts.put(READING + name, value));
    int number = 0;
    for (String series : Sets.union(scaling.ofSeries().keySet(), intervals.ofSeries().keySet())) {
      String prefix = SERIES + number++ + ".";
      texts.put(prefix + "name", series);
      if (scaling.provisional().contains(series)) {
        texts.put(prefix + PROVISIONAL, "yes");
      }
      Optional.ofNullable(scaling.ofSeries().get(series))
          .ifPresent(
              scaler ->
                  scaler
                      .toTensors()
                      .forEach((name, tensor) -> tensors.put(prefix + SCALER + name, tensor)));
      Optional.ofNullable(intervals.ofSeries().get(series))
          .ifPresent(own -> tensors.put(prefix + INTERVALS, tensor(own)));
    }
    Safetensors.save(file, tensors, texts);
  }

  /**
   * Reads a file.
   *
   * @param precision to forecast in; that of the training unless given
   * @throws IOException where it cannot be read, or is damaged
   * @throws IllegalArgumentException where it holds something else
   */
  static ForecastModel load(Path file, Optional<Precision> precision) throws IOException {
    NamedTensors content = Safetensors.load(file);
    String format = content.metadata().getOrDefault("format", "");
    if (!FORMAT.equals(format) && format.startsWith(EARLIER)) {
      throw new IllegalArgumentException(
          "'" + file + "' is a model of another version of forecast; train it anew");
    }
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException(
          "'" + file + "' holds no forecast model; name a model.safetensors that forecast wrote");
    }
    try {
      return new ForecastFile(content).model(precision);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + file + "' does not fit together: " + e.getMessage() + "; train the model anew", e);
    }
  }

  private ForecastModel model(Optional<Precision> precision) {
    Task task = texts.task();
    Map<String, Tensor> parameters = new LinkedHashMap<>(content.tensors());
    parameters
        .keySet()
        .removeIf(
            name -> name.startsWith(SCALER) || name.startsWith(SERIES) || name.equals(INTERVALS));
    parameters.forEach(ForecastFile::requireFinite);
    Size size = Size.of(task, cell(), texts.number("members"), texts.number("hidden"));
    requireFits(size);
    Network network = Network.draw(size, new NumpyRandom(0));
    Weights weights = Weights.of(precision.orElse(content.get("linear").precision()));
    weights.setAll(network, parameters);
    Map<String, StandardScaler> scalers = new LinkedHashMap<>();
    Map<String, List<Interval>> intervals = new LinkedHashMap<>();
    Set<String> provisional = new HashSet<>();
    for (int i = 0; texts.texts().containsKey(SERIES + i + ".name"); i++) {
      String prefix = SERIES + i + ".";
      String name = texts.text(prefix + "name");
      scaler(task, prefix).ifPresent(scaler -> scalers.put(name, scaler));
      if (texts.texts().containsKey(prefix + PROVISIONAL)) {
        provisional.add(name);
      }
      intervals(task, prefix + INTERVALS).ifPresent(own -> intervals.put(name, own));
    }
    return new ForecastModel(
        new Scaling(
            task, scaler(task, "").orElseThrow(ForecastFile::noScaler), scalers, provisional),
        size,
        network,
        weights,
        intervals(task, intervals),
        reading());
  }

  private Map<String, String> reading() {
    Map<String, String> reading = new TreeMap<>();
    texts
        .texts()
        .forEach(
            (name, value) -> {
              if (name.startsWith(READING)) {
                reading.put(name.substring(READING.length()), value);
              }
            });
    return Csv.file(Path.of("")).set(reading).settings();
  }

  private static IllegalArgumentException noScaler() {
    return new IllegalArgumentException("it has no scaler");
  }

  private Optional<StandardScaler> scaler(Task task, String prefix) {
    Map<String, Tensor> scaler = new LinkedHashMap<>();
    content
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix + SCALER)) {
                scaler.put(name.substring(prefix.length() + SCALER.length()), tensor);
              }
            });
    return scaler.isEmpty()
        ? Optional.empty()
        : Optional.of(StandardScaler.fromTensors(task.scaledColumns(), scaler));
  }

  private CellKind cell() {
    return Stream.of(CellKind.values())
        .filter(one -> one.key().equals(texts.text("cell")))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("its cell is '" + texts.text("cell") + "'"));
  }

  private Intervals intervals(Task task, Map<String, List<Interval>> ofSeries) {
    Optional<List<Interval>> inUnits = intervals(task, IN_UNITS);
    return new Intervals(
        inUnits
            .or(() -> intervals(task, INTERVALS))
            .orElseThrow(() -> new IllegalArgumentException("it has no intervals")),
        ofSeries,
        inUnits.isPresent());
  }

  private Optional<List<Interval>> intervals(Task task, String name) {
    if (!content.tensors().containsKey(name)) {
      return Optional.empty();
    }
    requireShape(name, task.outputs(), NUMBERS);
    return Optional.of(
        Stream.of(content.get(name).toMatrix())
            .map(
                one ->
                    new Interval(
                        new Interval.Moves(one[0], one[1], one[2]),
                        new Interval.Moves(one[3], one[4], one[5]),
                        transform(one[6])))
            .toList());
  }

  private static Transform transform(double ordinal) {
    return Stream.of(Transform.values())
        .filter(one -> one.ordinal() == ordinal)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("an interval has the transform " + ordinal));
  }

  private static Tensor tensor(List<Interval> intervals) {
    return Tensor.of(intervals.stream().map(ForecastFile::numbers).toArray(double[][]::new));
  }

  private static double[] numbers(Interval interval) {
    return new double[] {
      interval.own().low(),
      interval.own().middle(),
      interval.own().high(),
      interval.errors().low(),
      interval.errors().middle(),
      interval.errors().high(),
      interval.transform().ordinal()
    };
  }

  /** Looks before the network is made: what the file holds is not larger than the file. */
  private void requireFits(Size size) {
    long readouts =
        content.tensors().keySet().stream().filter(name -> name.endsWith("readout.bias")).count();
    if (readouts != size.members()) {
      throw new IllegalArgumentException(
          "it has " + readouts + " networks, and says " + size.members());
    }
    requireShape("linear", (long) size.window() * size.inputs(), size.outputs());
    requireShape("members.0.readout.weight", size.hidden(), (long) Network.HEADS * size.outputs());
  }

  /** What is no number would make every forecast none. */
  private static void requireFinite(String name, Tensor tensor) {
    for (double value : tensor.toDoubles()) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("its " + name + " holds " + value);
      }
    }
  }

  private void requireShape(String name, long rows, long columns) {
    int[] shape = content.get(name).shape().toArray();
    if (!Arrays.equals(shape, new int[] {Ints.saturatedCast(rows), Ints.saturatedCast(columns)})) {
      throw new IllegalArgumentException(
          "its "
              + name
              + " is "
              + Arrays.toString(shape)
              + ", and its other numbers take ["
              + rows
              + ", "
              + columns
              + "]");
    }
  }
}
