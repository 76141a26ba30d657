package dev.rnn4j.train.internal.run;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.metric.Metric;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A metric of an output and a target, made anew for each look at the validation data.
 *
 * @param output the name of the objective's output
 * @param target the name of the batch's target
 */
public record Gauge(String output, String target, Supplier<Metric> metric) {
  public Gauge {
    checkNotNull(output, "a trainer was given null as the output of a metric");
    checkNotNull(target, "a trainer was given null as the target of a metric");
    checkNotNull(metric, "a trainer was given null as its metric");
  }

  /** Returns a metric that has gathered nothing yet. */
  Metric make() {
    return checkNotNull(metric.get(), "the metric of %s and %s is null", output, target);
  }

  /** Lets a metric take the batch that was evaluated last. */
  void add(Metric gathering, GuardedEngine step, Batch batch) {
    Tensor prediction = output(step);
    Tensor y = batch.get(target);
    boolean steps =
        !gathering.isOfSequences()
            && y.shape().rank() >= 2
            && isOfSteps(batch, prediction.shape(), y.shape());
    gathering.add(prediction, y, weights(batch, steps, y.shape()));
  }

  private Tensor output(GuardedEngine step) {
    try {
      return step.output(output);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + ", or say which one it is of, by metric(output, target, metric)", e);
    }
  }

  /** Returns what the loss weighs by: weights of the target, and the mask where it has T and N. */
  private Tensor weights(Batch batch, boolean steps, Shape y) {
    Optional<Tensor> mask = steps ? mask(batch, y) : Optional.empty();
    Optional<Tensor> weights = weights(batch).map(each -> steps ? atEachStep(each, y) : each);
    if (weights.isEmpty() || mask.isEmpty()) {
      return weights.or(() -> mask).orElse(Tensor.scalar(1));
    }
    return times(mask.get(), weights.get());
  }

  private Optional<Tensor> weights(Batch batch) {
    return batch.find(Role.WEIGHTS, target).or(() -> batch.find(Role.WEIGHTS, ""));
  }

  /**
   * Returns whether a target may begin with T and N: as was said, or as the tensors of the batch
   * fit together, or as its shape and the prediction's tell. Where that cannot be told of [N, N],
   * and something does not count or weighs [N], it is refused.
   */
  private boolean isOfSteps(Batch batch, Shape prediction, Shape y) {
    Optional<Axes> axes = batch.signature().axes(Role.TARGET, target);
    if (axes.isPresent()) {
      return axes.get() == Axes.TIME_BATCH;
    }
    boolean square = prediction.rank() <= 2 && y.size(0) == y.size(1);
    boolean weighs = weights(batch).filter(each -> each.shape().rank() == 1).isPresent();
    boolean matters = weighs && y.size(0) > 1 || mask(batch, y).filter(Gauge::hasZeros).isPresent();
    checkArgument(
        !square || !matters,
        "whether the target %s %s is [T, N] or [N, ...] cannot be told, and by that it is masked or"
            + " weighed: say Axes.TIME_BATCH or Axes.BATCH behind the target of the batch",
        target,
        y);
    return !square;
  }

  private static boolean hasZeros(Tensor mask) {
    return IntStream.range(0, mask.shape().elements()).anyMatch(i -> mask.at(i) == 0);
  }

  /** Returns the mask of the one input that has the T and N of the target, or that of all. */
  private static Optional<Tensor> mask(Batch batch, Shape y) {
    List<Batch.Part> inputs =
        batch.parts().stream()
            .filter(part -> part.role() == Role.INPUT && leads(part.tensor().shape(), y))
            .toList();
    Optional<Tensor> own =
        inputs.size() == 1 ? batch.find(Role.MASK, inputs.get(0).name()) : Optional.empty();
    return own.or(() -> batch.find(Role.MASK, "")).filter(mask -> leads(mask.shape(), y));
  }

  private static boolean leads(Shape shape, Shape y) {
    return shape.rank() >= 2
        && y.rank() >= 2
        && shape.size(0) == y.size(0)
        && shape.size(1) == y.size(1);
  }

  /** Returns weights [N] of sequences as weights [T, N] of their steps; others as they are. */
  private static Tensor atEachStep(Tensor weights, Shape y) {
    boolean ofSequences = weights.shape().equals(Shape.of(y.size(1)));
    return ofSequences ? times(Tensor.full(Shape.of(y.size(0), y.size(1)), 1), weights) : weights;
  }

  /** Returns a mask [T, N] times weights [T, N] or [N]; 0 wherever the mask is. */
  private static Tensor times(Tensor mask, Tensor weights) {
    int elements = mask.shape().elements();
    int period = weights.shape().elements();
    checkArgument(
        elements == 0 || period > 0 && elements % period == 0,
        "the weights %s do not fit the mask %s",
        weights.shape(),
        mask.shape());
    double[] product = new double[elements];
    for (int i = 0; i < elements; i++) {
      product[i] = mask.at(i) == 0 ? 0 : mask.at(i) * weights.at(i % period);
    }
    return Tensor.of(mask.shape(), product);
  }
}
