package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The words for places in a batch and in what is computed from it: time step and sequence where
 * these are the axes, and an index where nobody can tell.
 */
final class Places {
  private final List<BatchSignature.Part> parts;
  private final List<Optional<Axes>> axes;
  private final int steps;
  private final int sequences;
  private final int firstStep;
  private final List<Shape> parameters;

  /**
   * Creates the words for a batch.
   *
   * @param firstStep the time step that it begins with, where it is a window of longer sequences
   */
  Places(Settings settings, Batch batch, int firstStep) {
    this.parts = batch.signature().parts();
    this.axes = batch.signature().axes();
    this.steps = batch.steps();
    this.sequences = batch.sequences();
    this.firstStep = firstStep;
    this.parameters = settings.parameters().values().stream().map(Parameter::shape).toList();
  }

  /** Returns what a part of the batch is called. */
  String nameOf(int part) {
    return BatchInputs.name(parts.get(part));
  }

  /** Names a place in a part of the batch. */
  String inPart(int part, int position) {
    int[] index = parts.get(part).shape().indexOf(position);
    return axes.get(part)
        .filter(known -> known != Axes.NONE)
        .map(known -> known == Axes.BATCH ? sequence(index[0]) : step(index[0], index[1]))
        .orElseGet(() -> Arrays.toString(index));
  }

  /** Names a place in a node. */
  String in(Node node, int position) {
    Shape shape = node.shape();
    int[] index = shape.indexOf(position);
    boolean ofStep = node.step() != Trace.NO_STEP;
    String words = index.length == 0 ? "its only place" : Arrays.toString(index);
    if (!ofStep && index.length > 1 && shape.size(0) == steps && isOfBatch(shape, 2)) {
      words = step(index[0], index[1]);
    } else if (index.length > 0 && shape.size(0) == sequences && isOfBatch(shape, 1)) {
      words = sequence(index[0]);
    }
    return ofStep ? time(node.step()) + ", " + words : words;
  }

  /**
   * Returns whether the first axes are the batch's where they have its sizes. A gradient of a
   * parameter may have them by chance: where parameters have as many axes, and one of this size.
   */
  private boolean isOfBatch(Shape shape, int leading) {
    return shape.size(leading - 1) == sequences
        && parameters.stream()
            .filter(parameter -> parameter.rank() >= shape.rank())
            .flatMapToInt(parameter -> IntStream.range(0, parameter.rank()).map(parameter::size))
            .noneMatch(size -> size == sequences);
  }

  private String step(int step, int sequence) {
    return time(step) + ", " + sequence(sequence);
  }

  private String time(int step) {
    return "time step "
        + step
        + (firstStep == 0 ? "" : " of a window that begins at step " + firstStep);
  }

  private static String sequence(int sequence) {
    return "sequence " + sequence;
  }
}
