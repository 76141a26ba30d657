package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a cell that is written op by op, and the sums that its gates begin with. */
final class Weights {
  private static final float EPSILON = 1e-5f;

  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  Weights(NDManager manager, Map<String, Tensor> parameters) {
    parameters.forEach(
        (path, value) -> arrays.put(path, Tensors.trained(Tensors.array(manager, value))));
  }

  List<NDArray> all() {
    return List.copyOf(arrays.values());
  }

  Map<String, Tensor> gradientsOfMatrices() {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    arrays.forEach(
        (path, array) -> {
          if (array.getShape().dimension() == 2) {
            gradients.put(path, Tensors.tensor(array.getGradient()));
          }
        });
    return gradients;
  }

  Gate gate(String path) {
    return new Gate(
        arrays.get(path + ".weightIh"), arrays.get(path + ".weightHh"), arrays.get(path + ".bias"));
  }

  NormalisedGate normalisedGate(String path) {
    return new NormalisedGate(
        arrays.get(path + ".weightIh"), arrays.get(path + ".weightHh"), norm(path + ".norm"));
  }

  Norm norm(String path) {
    return new Norm(arrays.get(path + ".scale"), arrays.get(path + ".shift"));
  }

  /** x·W + h·U + b. */
  record Gate(NDArray weightIh, NDArray weightHh, NDArray bias) {
    NDArray apply(NDArray x, NDArray h) {
      return x.matMul(weightIh).add(h.matMul(weightHh)).add(bias);
    }
  }

  /** LN(x·W + h·U). */
  record NormalisedGate(NDArray weightIh, NDArray weightHh, Norm norm) {
    NDArray apply(NDArray x, NDArray h) {
      return norm.apply(x.matMul(weightIh).add(h.matMul(weightHh)));
    }
  }

  /** LN(a), by libtorch's own op. */
  record Norm(NDArray scale, NDArray shift) {
    NDArray apply(NDArray a) {
      Shape size = scale.getShape();
      return a.getNDArrayInternal().layerNorm(a, size, scale, shift, EPSILON).get(0);
    }
  }
}
