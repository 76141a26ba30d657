package dev.rnn4j.train.internal.run;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Batch;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.metric.Metric;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A metric of an output and a target, made anew for each look at the validation data.
 *
 * @param output the name of the objective's output
 * @param target the name of the batch's target
 */
public record Gauge(String output, String target, Supplier<Metric> metric) {
  public Gauge {
    checkNotNull(metric, "the metric");
  }

  /** Lets a metric take the batch that was evaluated last. */
  void add(Metric gathering, GuardedEngine step, Batch batch) {
    Tensor y = batch.get(target);
    gathering.add(step.output(output), y, weights(batch, y.shape()));
  }

  /** Returns what the loss weighs by: weights of the target, and the mask where it has T and N. */
  private Tensor weights(Batch batch, Shape target) {
    Optional<Tensor> weights =
        batch.find(Role.WEIGHTS, this.target).or(() -> batch.find(Role.WEIGHTS, ""));
    Optional<Tensor> mask =
        batch.find(Role.MASK, "").filter(tensor -> leads(tensor.shape(), target));
    if (weights.isEmpty() || mask.isEmpty()) {
      return weights.or(() -> mask).orElse(Tensor.scalar(1));
    }
    return times(mask.get(), weights.get());
  }

  private static boolean leads(Shape shape, Shape target) {
    return target.rank() >= 2 && shape.size(0) == target.size(0) && shape.size(1) == target.size(1);
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
