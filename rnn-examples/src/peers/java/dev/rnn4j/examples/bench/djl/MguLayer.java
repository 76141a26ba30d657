package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cell that libtorch does not have, op by op: the minimal gated unit. */
final class MguLayer implements Layer {
  private final Gate forget;
  private final Gate candidate;

  MguLayer(NDManager manager, Map<String, Tensor> parameters) {
    forget = new Gate("forget", manager, parameters);
    candidate = new Gate("candidate", manager, parameters);
  }

  /** x·W + h·U + b. */
  private static final class Gate {
    final String path;
    final NDArray weightIh;
    final NDArray weightHh;
    final NDArray bias;

    Gate(String path, NDManager manager, Map<String, Tensor> parameters) {
      this.path = path;
      weightIh = Tensors.trained(Tensors.array(manager, parameters.get(path + ".weightIh")));
      weightHh = Tensors.trained(Tensors.array(manager, parameters.get(path + ".weightHh")));
      bias = Tensors.trained(Tensors.array(manager, parameters.get(path + ".bias")));
    }

    NDArray apply(NDArray x, NDArray h) {
      return x.matMul(weightIh).add(h.matMul(weightHh)).add(bias);
    }

    void gradients(Map<String, Tensor> gradients) {
      gradients.put(path + ".weightIh", Tensors.tensor(weightIh.getGradient()));
      gradients.put(path + ".weightHh", Tensors.tensor(weightHh.getGradient()));
    }
  }

  @Override
  public List<NDArray> parameters() {
    return List.of(
        forget.weightIh,
        forget.weightHh,
        forget.bias,
        candidate.weightIh,
        candidate.weightHh,
        candidate.bias);
  }

  @Override
  public NDArray apply(NDArray x, NDManager run) {
    NDArray h = run.zeros(new Shape(x.getShape().get(1), forget.bias.size()));
    NDList outputs = new NDList();
    for (NDArray step : x.split(x.getShape().get(0))) {
      NDArray xt = step.squeeze(0);
      NDArray f = Activation.sigmoid(forget.apply(xt, h));
      NDArray g = candidate.apply(xt, f.mul(h)).tanh();
      h = h.add(f.mul(g.sub(h)));
      outputs.add(h);
    }
    return NDArrays.stack(outputs);
  }

  @Override
  public Map<String, Tensor> gradients() {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    forget.gradients(gradients);
    candidate.gradients(gradients);
    return gradients;
  }
}
