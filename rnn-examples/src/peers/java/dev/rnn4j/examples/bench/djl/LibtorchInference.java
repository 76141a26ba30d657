package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.rnn4j.examples.bench.PeerRun;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/** The outputs of a layer: of a sequence each time, or of the next step of one that goes on. */
final class LibtorchInference implements PeerRun {
  private final NDManager manager;
  private final Layer layer;
  private final NDArray x;
  private final boolean goesOn;
  private NDList state;

  LibtorchInference(NDManager manager, Layer layer, NDArray x, boolean goesOn) {
    this.manager = manager;
    this.layer = layer;
    this.x = x;
    this.goesOn = goesOn;
    this.state = layer.begin(manager, x.getShape().get(1));
  }

  @Override
  public double getAsDouble() {
    try (NDManager run = manager.newSubManager()) {
      x.attach(run); // so that what is computed from it is freed with the run
      NDList all = layer.apply(x, state);
      x.attach(manager);
      if (goesOn) {
        keep(all);
      }
      NDArray outputs = all.get(0);
      return goesOn ? outputs.flatten().getFloat(0) : outputs.square().mean().getFloat();
    }
  }

  private void keep(NDList all) {
    NDList before = state;
    state = new NDList(all.subList(1, all.size()));
    state.attach(manager);
    before.close();
  }

  @Override
  public Map<String, Tensor> gradients() {
    throw new UnsupportedOperationException("nothing is trained");
  }

  @Override
  public void close() {
    manager.close();
  }
}
