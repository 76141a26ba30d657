package dev.rnn4j.batch;

import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;

/** A list of examples of one shape: sequences of T steps with I inputs, and their targets. */
public interface Examples {
  /** Returns how many examples there are. */
  int size();

  /** Returns the shape of one example's inputs, {@code [T, I]}. */
  Shape inputShape();

  /**
   * Returns the shape of one example's targets: {@code [O]} at the end, {@code [T, O]} per step.
   */
  Shape targetShape();

  /** Writes the I inputs of one step of an example into an array, from {@code offset}. */
  void copyInputs(int example, int step, double[] into, int offset);

  /**
   * Writes the O targets of one step of an example into an array; step 0 is the only one of [O].
   */
  void copyTargets(int example, int step, double[] into, int offset);

  /**
   * Checks that no example contains a missing value.
   *
   * @throws dev.rnn4j.table.DataException that names the first one
   */
  void requireComplete();

  /**
   * Gathers examples, in the order given, into one batch: {@code [T, N, I]} in float64. The batch
   * knows whether its targets have time, also where N happens to be T and O.
   */
  default Batch batch(int... examples) {
    return Batch.of(Gather.tensor(inputShape(), examples, this::copyInputs))
        .target(
            Batch.Y,
            Gather.tensor(targetShape(), examples, this::copyTargets),
            targetShape().rank() > 1 ? Axes.TIME_BATCH : Axes.BATCH);
  }

  /**
   * Gathers the inputs of all examples, {@code [T, N, I]} in float64: T times as many values as the
   * rows have. {@link Batches} copy only what they hand out.
   */
  default Tensor inputs() {
    requireComplete();
    return Gather.tensor(inputShape(), Gather.all(size()), this::copyInputs);
  }

  /** Gathers the targets of all examples, {@code [N, O]} or {@code [T, N, O]} in float64. */
  default Tensor targets() {
    requireComplete();
    return Gather.tensor(targetShape(), Gather.all(size()), this::copyTargets);
  }

  /**
   * Returns some of these examples: {@code examples.pick(fold.train())}.
   *
   * @throws dev.rnn4j.table.DataException for no places
   * @throws IndexOutOfBoundsException for a place that is not there
   */
  default Examples pick(int... places) {
    return new Picked(this, places);
  }

  /**
   * Returns the examples of several lists, one after the other.
   *
   * @throws dev.rnn4j.table.DataException for no lists, or examples of unequal shapes
   */
  static Examples join(Examples... parts) {
    return Joined.of(parts);
  }
}
