package dev.rnn4j.examples.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.rnn4j.examples.bench.CellStep;
import dev.rnn4j.examples.bench.PeerRun;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/** Forward, backward and update of a layer; the loss is the mean of the squares of all outputs. */
final class LibtorchTraining implements PeerRun {
  private final Engine engine;
  private final NDManager manager;
  private final Layer layer;
  private final NDArray x;
  private boolean hasRun;

  LibtorchTraining(Engine engine, NDManager manager, Layer layer, NDArray x) {
    this.engine = engine;
    this.manager = manager;
    this.layer = layer;
    this.x = x;
  }

  @Override
  public double getAsDouble() {
    try (NDManager run = manager.newSubManager()) {
      x.attach(run); // so that what is computed from it is freed with the run
      zeroGradients(run);
      double loss = lossWithGradients(run);
      for (NDArray parameter : layer.parameters()) {
        NDArray gradient = parameter.getGradient();
        gradient.attach(run);
        parameter.subi(gradient.mul(CellStep.RATE));
      }
      x.attach(manager);
      return loss;
    }
  }

  private double lossWithGradients(NDManager run) {
    try (GradientCollector collector = engine.newGradientCollector()) {
      NDList begin = layer.begin(run, x.getShape().get(1));
      NDArray loss = layer.apply(x, begin).get(0).square().mean();
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private void zeroGradients(NDManager run) {
    if (hasRun) { // before, there are none
      for (NDArray parameter : layer.parameters()) {
        NDArray gradient = parameter.getGradient();
        gradient.attach(run);
        gradient.subi(gradient);
      }
    }
    hasRun = true;
  }

  @Override
  public Map<String, Tensor> gradients() {
    return layer.gradients();
  }

  @Override
  public void close() {
    manager.close();
  }
}
