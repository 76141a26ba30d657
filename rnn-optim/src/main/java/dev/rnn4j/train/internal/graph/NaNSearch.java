package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Shape;
import java.util.Optional;

/**
 * Looks for the place where numbers stop being numbers: in a batch, in the parameters, and then,
 * node by node in float64, in the graph of the losses and of their gradients.
 */
public final class NaNSearch {
  /** What helps against numbers that grow. */
  public static final String CURE = "; try a smaller learning rate or Clip.byGlobalNorm(1)";

  private static final String CURES =
      CURE + ", or -Drnn.checks=nan, which looks at every value of every run";

  private NaNSearch() {}

  /**
   * What was found.
   *
   * @param text where it begins, and what helps
   * @param inData whether it begins in the data
   */
  public record Found(String text, boolean inData) {}

  /** Returns where it begins. */
  public static Found in(Settings step, Batch... batches) {
    for (Batch batch : batches) {
      for (Batch.Part part : batch.parts()) {
        Optional<Integer> position = firstBad(part.tensor().toDoubles());
        if (position.isPresent()) {
          return new Found(
              part.name()
                  + " has "
                  + part.tensor().at(position.get())
                  + " at "
                  + where(part.tensor().shape(), batch, position.get())
                  + ": look for it in the data",
              true);
        }
      }
    }
    return new Found(inComputation(step, batches) + CURES, false);
  }

  private static String inComputation(Settings step, Batch... batches) {
    for (var entry : step.weights().values(step.model()).entrySet()) {
      if (firstBad(entry.getValue().toDoubles()).isPresent()) {
        return "the parameter " + entry.getKey() + " is not finite before the update";
      }
    }
    for (Batch batch : batches) {
      Optional<String> found = inGraph(step, batch);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return "no value is NaN or infinite where it is computed in float64: some number is too large"
        + " for float32";
  }

  private static Optional<String> inGraph(Settings step, Batch batch) {
    StepGraph graph = StepGraph.of(step, batch);
    Optional<String> infinite = Optional.empty();
    StepGraph.Values values = graph.values();
    for (Node node : Graphs.topological(graph.sumsAndGradients())) {
      double[] value = values.of(node);
      Optional<Integer> nan = firstNaN(value);
      if (nan.isPresent()) {
        return Optional.of("the first NaN comes out of " + text(node, batch, nan.get()));
      }
      if (infinite.isEmpty() && !(node instanceof Parameter)) {
        infinite =
            firstBad(value).map(at -> "the first infinite value is " + text(node, batch, at));
      }
    }
    return infinite;
  }

  private static String text(Node node, Batch batch, int position) {
    return Graphs.title(node)
        + ", "
        + node.shape()
        + node.family().source().map(of -> ", in the gradient of " + of).orElse("")
        + ", at "
        + (node.step() == Trace.NO_STEP ? "" : "time step " + node.step() + ", ")
        + where(node.shape(), batch, position)
        + node.family().builtAt().map(line -> ", built at " + line).orElse("");
  }

  /** Returns step and sequence of an element, where the shape has such axes. */
  private static String where(Shape shape, Batch batch, int position) {
    int sequences = batch.sequences();
    if (shape.rank() >= 2 && shape.size(0) == batch.steps() && shape.size(1) == sequences) {
      int row = position / rest(shape, 2);
      return "time step " + row / sequences + ", sequence " + row % sequences;
    }
    if (shape.rank() >= 1 && shape.size(0) == sequences) {
      return "sequence " + position / rest(shape, 1);
    }
    return "element " + position;
  }

  private static int rest(Shape shape, int from) {
    int elements = 1;
    for (int axis = from; axis < shape.rank(); axis++) {
      elements *= shape.size(axis);
    }
    return elements;
  }

  private static Optional<Integer> firstNaN(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> firstBad(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
