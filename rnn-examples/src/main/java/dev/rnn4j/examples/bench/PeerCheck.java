package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Makes sure that another library computes the same before it is compared. */
final class PeerCheck {
  private static final Sizes SMALL = new Sizes(3, 5, 4, 6);
  private static final double TOLERANCE = 1e-4;

  private PeerCheck() {}

  /** Compares loss and gradients of a small layer, and what a task returns. */
  static void check(Peer peer, PeerCell kind, LayerTask task) {
    Cell<?> cell = kind.cell(SMALL);
    checkGradients(peer, kind, cell);
    if (task != LayerTask.TRAINING) {
      Sizes sizes = task == LayerTask.STEP ? new Sizes(1, 1, SMALL.i(), SMALL.h()) : SMALL;
      DoubleSupplier own = OwnRun.of(task, cell, sizes, 1);
      float[] x = CellStep.sequences(sizes);
      try (PeerRun run = peer.run(task, kind, Peers.initial(cell), sizes, x)) {
        for (int i = 0; i < SMALL.t(); i++) {
          requireEqual(task + " of " + kind, own.getAsDouble(), run.getAsDouble());
        }
      }
    }
  }

  private static void checkGradients(Peer peer, PeerCell kind, Cell<?> cell) {
    Input x = Input.of("x", SMALL.t(), SMALL.n(), SMALL.i());
    float[] sequences = CellStep.sequences(SMALL);
    List<String> paths = new ArrayList<>();
    List<Parameter> weights = new ArrayList<>();
    Parameters.of(cell)
        .forEach(
            (path, parameter) -> {
              if (parameter.shape().rank() == 2) {
                paths.add(path);
                weights.add(parameter);
              }
            });
    Node loss = new Recurrent<>(cell).apply(x).square().mean();
    List<Node> nodes = new ArrayList<>(List.of(loss));
    nodes.addAll(Gradients.of(loss, weights));
    Tensor value = Tensor.of(Shape.of(SMALL.t(), SMALL.n(), SMALL.i()), sequences);
    List<Tensor> expected = Interpreter.eval(nodes, Map.of(x, value));
    try (PeerRun step = peer.run(LayerTask.TRAINING, kind, Peers.initial(cell), SMALL, sequences)) {
      requireEqual("the loss of " + kind, expected.get(0).item(), step.getAsDouble());
      Map<String, Tensor> gradients = step.gradients();
      for (int i = 0; i < paths.size(); i++) {
        requireEqual(kind + " " + paths.get(i), expected.get(i + 1), gradients.get(paths.get(i)));
      }
    }
  }

  private static void requireEqual(String what, Tensor expected, Tensor actual) {
    if (actual == null || !actual.shape().equals(expected.shape())) {
      throw new AssertionError("the gradient of " + what + " is " + actual);
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.shape().elements(); i++) {
      largest = Math.max(largest, Math.abs(expected.at(i)));
      difference = Math.max(difference, Math.abs(expected.at(i) - actual.at(i)));
    }
    if (!(difference <= TOLERANCE * largest)) {
      throw new AssertionError(
          "the gradient of " + what + " is\n" + actual + "\nand should be\n" + expected);
    }
  }

  /** Compares two losses. */
  static void requireEqual(String what, double expected, double actual) {
    if (!(Math.abs(expected - actual) <= TOLERANCE * Math.abs(expected))) {
      throw new AssertionError(what + " is " + actual + ", and should be " + expected);
    }
  }
}
