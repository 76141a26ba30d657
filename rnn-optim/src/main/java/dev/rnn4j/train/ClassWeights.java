package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;

/**
 * Weights of classes that make rare ones count as much as frequent ones, from the data:
 *
 * <pre>{@code
 * double[] weights = ClassWeights.balanced(3, training);
 * Losses.softmaxCrossEntropyOfIndices().classWeights(weights)
 * }</pre>
 */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Returns all / (classes · count) for each class: n targets of a class together weigh as much as
   * those of any other, and the mean weight of a target is 1.
   *
   * @param data batches whose target "y" holds the numbers of classes, from 0; where they have a
   *     mask, only what counts does
   * @throws IllegalArgumentException where a target is no class, or a class has none
   */
  public static double[] balanced(int classes, Iterable<Batch> data) {
    return balanced(classes, data, Batch.Y);
  }

  /** Returns the same from a target of another name. */
  public static double[] balanced(int classes, Iterable<Batch> data, String target) {
    checkArgument(classes >= 1, "there is 1 class or more to be weighed, not %s", classes);
    checkNotNull(data, "classes were to be counted in null: give batches");
    checkNotNull(target, "classes were to be counted in a target of the name null");
    long[] counts = new long[classes];
    long all = 0;
    for (Batch batch : data) {
      Tensor targets = batch.get(target);
      Tensor mask = mask(batch, target);
      for (int i = 0; i < targets.shape().elements(); i++) {
        if (mask == null || mask.at(i) != 0) {
          double value = targets.at(i);
          checkArgument(
              value == Math.rint(value) && value >= 0 && value < classes,
              "%s has %s, which is no class from 0 to %s",
              target,
              value,
              classes - 1);
          counts[(int) value]++;
          all++;
        }
      }
    }
    double[] weights = new double[classes];
    for (int i = 0; i < classes; i++) {
      checkArgument(counts[i] > 0, "class %s has no target, and no weight would help it", i);
      weights[i] = (double) all / (1.0 * classes * counts[i]);
    }
    return weights;
  }

  /** Returns the mask with a number for each target, or null; none is for targets without time. */
  private static Tensor mask(Batch batch, String target) {
    Shape targets = batch.get(target).shape();
    boolean hasTime =
        batch.signature().axes(Batch.Role.TARGET, target).orElse(Axes.TIME_BATCH)
            == Axes.TIME_BATCH;
    for (Batch.Part part : batch.parts()) {
      boolean fits = part.tensor().shape().elements() == targets.elements();
      if (part.role() == Batch.Role.MASK && hasTime && fits) {
        return part.tensor();
      }
    }
    return null;
  }
}
