package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;

/** Tensors as DJL's arrays, and back. */
final class Tensors {
  private Tensors() {}

  static NDArray array(NDManager manager, Tensor tensor) {
    long[] sizes = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
    return manager.create(tensor.toFloats(), new ai.djl.ndarray.types.Shape(sizes));
  }

  /** Makes an array one that gradients are computed for. */
  static NDArray trained(NDArray array) {
    array.setRequiresGradient(true);
    return array;
  }

  static Tensor tensor(NDArray array) {
    int[] sizes = Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
    return Tensor.of(Shape.of(sizes), array.toFloatArray());
  }
}
