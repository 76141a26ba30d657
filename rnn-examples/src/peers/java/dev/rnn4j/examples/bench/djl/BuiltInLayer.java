package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import dev.rnn4j.examples.bench.PeerCell;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of libtorch's own layers. The gates' weights lie one below the other, transposed, {@code
 * [G·H, I]} and {@code [G·H, H]}, and each of the two products has a bias.
 */
final class BuiltInLayer implements Layer {
  private final PeerCell cell;
  private final List<String> gates;
  private final int hiddenSize;
  private final NDArray weightIh;
  private final NDArray weightHh;
  private final NDArray biasIh;
  private final NDArray biasHh;

  BuiltInLayer(PeerCell cell, NDManager manager, Map<String, Tensor> parameters, int hiddenSize) {
    this.cell = cell;
    this.gates =
        switch (cell) {
          case ELMAN -> List.of("gate");
          case LSTM -> List.of("input", "forget", "candidate", "output");
          case GRU_RESET_AFTER -> List.of("reset", "update", "candidate");
          default -> throw new IllegalArgumentException("libtorch has no layer for " + cell);
        };
    this.hiddenSize = hiddenSize;
    this.weightIh = matrices(manager, parameters, "weightIh");
    this.weightHh = matrices(manager, parameters, "weightHh");
    this.biasIh = vectors(manager, parameters, "bias");
    this.biasHh = vectors(manager, parameters, "biasHh");
  }

  /** Returns all gates' matrices of a name, transposed, one below the other. */
  private NDArray matrices(NDManager manager, Map<String, Tensor> parameters, String name) {
    NDList parts = new NDList();
    for (String gate : gates) {
      parts.add(Tensors.array(manager, parameters.get(gate + "." + name)).transpose());
    }
    return Tensors.trained(NDArrays.concat(parts, 0));
  }

  /** Returns all gates' vectors of a name, one behind the other, with zeros where there is none. */
  private NDArray vectors(NDManager manager, Map<String, Tensor> parameters, String name) {
    NDList parts = new NDList();
    for (String gate : gates) {
      Tensor value = parameters.get(gate + "." + name);
      parts.add(
          value == null ? manager.zeros(new Shape(hiddenSize)) : Tensors.array(manager, value));
    }
    return Tensors.trained(NDArrays.concat(parts, 0));
  }

  @Override
  public List<NDArray> parameters() {
    return List.of(weightIh, weightHh, biasIh, biasHh);
  }

  @Override
  public NDList begin(NDManager run, long n) {
    Shape shape = new Shape(1, n, hiddenSize);
    NDArray h = run.zeros(shape);
    return cell == PeerCell.LSTM ? new NDList(h, run.zeros(shape)) : new NDList(h);
  }

  @Override
  public NDList apply(NDArray x, NDList state) {
    NDArrayEx layers = x.getNDArrayInternal();
    NDArray h = state.get(0);
    NDList weights = new NDList(weightIh, weightHh, biasIh, biasHh);
    return switch (cell) {
      case ELMAN -> layers.rnn(x, h, weights, true, 1, RNN.Activation.TANH, 0, true, false, false);
      case GRU_RESET_AFTER -> layers.gru(x, h, weights, true, 1, 0, true, false, false);
      default -> layers.lstm(x, state, weights, true, 1, 0, true, false, false);
    };
  }

  @Override
  public Map<String, Tensor> gradients() {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (int gate = 0; gate < gates.size(); gate++) {
      gradients.put(gates.get(gate) + ".weightIh", part(weightIh.getGradient(), gate));
      gradients.put(gates.get(gate) + ".weightHh", part(weightHh.getGradient(), gate));
    }
    return gradients;
  }

  private Tensor part(NDArray gradients, int gate) {
    return Tensors.tensor(gradients.split(gates.size(), 0).get(gate).transpose());
  }
}
