package dev.rnn4j.examples.forecast;

import com.google.common.primitives.Ints;
import dev.rnn4j.io.NamedTensors;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.table.Spacing;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@link Forecaster} as a safetensors file: the parameters by their paths, the scaler beside
 * them, the task as metadata.
 */
final class ForecasterFile {
  private static final String FORMAT = "rnn4j forecast 3";
  private static final String EARLIER = "rnn4j forecast ";
  private static final String SCALER = "scaler.";
  private static final String INTERVALS = "intervals";
  private static final String GATE = "members.0.cell.gate.";

  private final Path file;
  private final NamedTensors content;

  private ForecasterFile(Path file, NamedTensors content) {
    this.file = file;
    this.content = content;
  }

  static void save(
      Path file, Scaling scaling, List<Interval> intervals, Map<String, Tensor> parameters)
      throws IOException {
    Task task = scaling.task();
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters);
    scaling.scaler().toTensors().forEach((name, tensor) -> tensors.put(SCALER + name, tensor));
    tensors.put(
        INTERVALS,
        Tensor.of(
            intervals.stream()
                .map(one -> new double[] {one.low(), one.middle(), one.high(), one.power()})
                .toArray(double[][]::new)));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("target", task.target());
    texts.put("window", Integer.toString(task.window()));
    texts.put("horizon", Integer.toString(task.horizon()));
    texts.put("transform", task.transform().key());
    for (int i = 0; i < task.features().size(); i++) {
      texts.put("feature." + i, task.features().get(i));
    }
    task.calendar()
        .ifPresent(
            calendar -> {
              texts.put("dates", calendar.column());
              calendar.time().ifPresent(time -> texts.put("times", time));
              texts.put("step", calendar.spacing().toString());
              texts.put("largest.step", Integer.toString(calendar.largest()));
            });
    Safetensors.save(file, tensors, texts);
  }

  /**
   * Reads a file.
   *
   * @throws IOException where it cannot be read, or is damaged
   * @throws IllegalArgumentException where it holds something else
   */
  static Forecaster load(Path file, Precision precision) throws IOException {
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
      return new ForecasterFile(file, content).forecaster(precision);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + file + "' does not fit together: " + e.getMessage() + "; train the model anew", e);
    }
  }

  private Forecaster forecaster(Precision precision) {
    Task task =
        new Task(
            text("target"),
            features(),
            calendar(),
            number("window"),
            number("horizon"),
            transform());
    Map<String, Tensor> scaler = new LinkedHashMap<>();
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    content
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(SCALER)) {
                scaler.put(name.substring(SCALER.length()), tensor);
              } else if (!name.equals(INTERVALS)) {
                parameters.put(name, tensor);
              }
            });
    Ensemble network = network(parameters, task.inputs().size(), task.horizon());
    Weights weights = Weights.of(precision);
    weights.setAll(network, parameters);
    StandardScaler restored = StandardScaler.fromTensors(task.scaledColumns(), scaler);
    return new Forecaster(new Scaling(task, restored), network, weights, intervals(task.horizon()));
  }

  private List<Interval> intervals(int horizon) {
    requireShape(INTERVALS, horizon, 4);
    return Stream.of(content.get(INTERVALS).toMatrix())
        .map(one -> new Interval(one[0], one[1], one[2], one[3]))
        .toList();
  }

  /** Returns a network of the size that the parameters have; their values are not yet in it. */
  private Ensemble network(Map<String, Tensor> parameters, int inputSize, int horizon) {
    int members =
        (int) parameters.keySet().stream().filter(name -> name.endsWith("readout.bias")).count();
    int hidden = content.get(GATE + "bias").shape().elements();
    requireShape(GATE + "weightIh", inputSize, hidden);
    requireShape(GATE + "weightHh", hidden, hidden);
    requireShape("members.0.readout.weight", hidden, horizon);
    return Ensemble.draw(members, inputSize, hidden, horizon, new NumpyRandom(0));
  }

  /** Looks before the network is made: what the file holds is not larger than the file. */
  private void requireShape(String name, int rows, int columns) {
    int[] shape = content.get(name).shape().toArray();
    if (!Arrays.equals(shape, new int[] {rows, columns})) {
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

  private Transform transform() {
    return Stream.of(Transform.values())
        .filter(one -> one.key().equals(text("transform")))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("its transform is '" + text("transform") + "'"));
  }

  private List<String> features() {
    List<String> features = new ArrayList<>();
    for (int i = 0; content.metadata().containsKey("feature." + i); i++) {
      features.add(text("feature." + i));
    }
    return features;
  }

  private Optional<Calendar> calendar() {
    return content.metadata().containsKey("dates")
        ? Optional.of(
            new Calendar(
                text("dates"),
                Optional.ofNullable(content.metadata().get("times")),
                Spacing.parse(text("step")),
                number("largest.step")))
        : Optional.empty();
  }

  private String text(String key) {
    String text = content.metadata().get(key);
    if (text == null) {
      throw new IllegalArgumentException("it does not say its " + key);
    }
    return text;
  }

  private int number(String key) {
    Integer number = Ints.tryParse(text(key));
    if (number == null || number < 1) {
      throw new IllegalArgumentException("its " + key + " is '" + text(key) + "'");
    }
    return number;
  }
}
