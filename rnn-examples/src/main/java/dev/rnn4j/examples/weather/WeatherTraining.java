package dev.rnn4j.examples.weather;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Feed;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The update of the document's network, 3 inputs and 4 hidden units, on one window of a week. */
public final class WeatherTraining {
  /** The length of a window: T. */
  public static final int WINDOW = 7;

  private static final int INPUTS = 3;
  private static final int HIDDEN = 4;

  private final WeatherNetwork network;
  private final TrainingStep step;
  private double halfSum;

  /** Draws the network, and compiles its training. */
  public WeatherTraining(NumpyRandom random, Optimizer optimizer, Precision precision) {
    network = WeatherNetwork.draw(INPUTS, HIDDEN, 1, random);
    step = TrainingStep.of(network, this::outcome).optimizer(optimizer).compile(precision);
  }

  private Outcome outcome(Feed feed) {
    Signal output = network.apply(feed.signal("x"));
    Target y = feed.target("y");
    return Outcome.loss("half sum", Losses.halfSumOfSquares().of(output, y))
        .output(
            "printed loss",
            everyPair(output.values().reshape(WINDOW, 1), y.values().reshape(1, WINDOW)));
  }

  /** The document compares (7,1) with (7,): each output with the targets of all steps. */
  private static Node everyPair(Node output, Node target) {
    return output.minus(target).square().times(0.5).mean();
  }

  /** Trains on one window: inputs {@code [T, 1, 3]}, targets {@code [T, 1, 1]}. */
  public void update(Batch window) {
    halfSum = step.run(window);
  }

  /** Returns forward, backward and update. */
  TrainingStep step() {
    return step;
  }

  /** Returns the loss that the document prints, of the last window before its update. */
  public double printedLoss() {
    return step.output("printed loss").item();
  }

  /** Returns ½ (output − target)², the mean over the last window before its update. */
  public double windowLoss() {
    return halfSum / WINDOW;
  }

  /** Returns the norms of the gradients of input, hidden and output weights, on the last window. */
  public List<Double> gradientNorms() {
    return List.of(
        norm(WeatherNetwork.INPUT_WEIGHTS),
        norm(WeatherNetwork.HIDDEN_WEIGHTS),
        norm(WeatherNetwork.OUTPUT_WEIGHTS));
  }

  private double norm(String path) {
    double[] gradient = step.gradient(path).toDoubles();
    return Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
  }

  /** Returns output, hidden states and all gradients on a window, by the document's names. */
  Map<String, Tensor> lookAt(Batch window) {
    Input x = Input.of("x", window.x().shape());
    Input y = Input.of("y", window.y().shape());
    Node hidden = network.hidden(x);
    Node output = network.output().apply(hidden);
    Gate gate = network.cell().gate();
    List<Node> leaves =
        List.of(
            x,
            gate.weightIh(),
            gate.weightHh(),
            network.output().weight(),
            network.output().bias(),
            gate.bias());
    List<Node> gradients = Gradients.of(Losses.halfSumOfSquares().of(output, y).mean(), leaves);
    List<Node> nodes = new ArrayList<>(List.of(output, hidden));
    nodes.addAll(gradients);
    Session session = session(nodes);
    session.set(x, window.x()).set(y, window.y()).compute();

    Map<String, Tensor> seen = new LinkedHashMap<>();
    seen.put("output", session.get(output).reshape(WINDOW));
    seen.put("hidden_states", session.get(hidden).reshape(WINDOW, HIDDEN));
    seen.put("dinputs", session.get(gradients.get(0)).reshape(WINDOW, INPUTS));
    seen.put("dinput_weights", session.get(gradients.get(1)));
    seen.put("dhidden_weights", session.get(gradients.get(2)));
    seen.put("doutput_weights", session.get(gradients.get(3)));
    seen.put("doutput_bias", session.get(gradients.get(4)));
    seen.put("dinput_bias", session.get(gradients.get(5)));
    return seen;
  }

  /** Returns the network's outputs on consecutive rows, {@code [T][3]} → {@code [T]}. */
  Tensor predict(double[][] rows) {
    Input sequence = Input.of("rows", rows.length, 1, INPUTS);
    Node output = network.apply(sequence);
    Tensor values = Tensor.of(rows).reshape(rows.length, 1, INPUTS);
    return session(List.of(output))
        .set(sequence, values)
        .compute()
        .get(output)
        .reshape(rows.length);
  }

  private Session session(List<Node> outputs) {
    return Plan.of(outputs).weights(step.weights()).compile(step.weights().precision()).session();
  }
}
