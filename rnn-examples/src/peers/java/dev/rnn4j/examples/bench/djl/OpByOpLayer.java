package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A cell that libtorch does not have, over a sequence, as its user writes it. */
final class OpByOpLayer implements Layer {
  private final Weights weights;
  private final Equations equations;
  private final int hiddenSize;

  /** The step of a cell: the input and the state before it, to the state after it, h first. */
  interface Equations {
    NDList step(NDArray x, NDList state);
  }

  OpByOpLayer(Weights weights, Equations equations, int hiddenSize) {
    this.weights = weights;
    this.equations = equations;
    this.hiddenSize = hiddenSize;
  }

  @Override
  public List<NDArray> parameters() {
    return weights.all();
  }

  @Override
  public NDList begin(NDManager run, long n) {
    Shape shape = new Shape(n, hiddenSize);
    return new NDList(run.zeros(shape), run.zeros(shape)); // h, and c for those that have it
  }

  @Override
  public NDList apply(NDArray x, NDList state) {
    NDList next = state;
    NDList outputs = new NDList();
    for (NDArray step : x.split(x.getShape().get(0))) {
      next = equations.step(step.squeeze(0), next);
      outputs.add(next.get(0));
    }
    NDList all = new NDList(NDArrays.stack(outputs));
    all.addAll(next);
    return all;
  }

  @Override
  public Map<String, Tensor> gradients() {
    return weights.gradientsOfMatrices();
  }
}
