package dev.rnn4j.examples.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.rnn4j.examples.bench.LayerTask;
import dev.rnn4j.examples.bench.Peer;
import dev.rnn4j.examples.bench.PeerCell;
import dev.rnn4j.examples.bench.PeerRun;
import dev.rnn4j.examples.bench.Sizes;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/** Libtorch through DJL, which has LSTM, GRU and Elman layers of its own. */
public final class Libtorch implements Peer {
  private Engine engine;

  @Override
  public String name() {
    return "libtorch " + engine.getVersion() + " through DJL " + Engine.getDjlVersion();
  }

  @Override
  public void start(int threads) {
    System.setProperty("ai.djl.offline", "true"); // what it needs is on the class path
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    engine = Engine.getEngine("PyTorch");
  }

  @Override
  public PeerRun run(
      LayerTask task, PeerCell cell, Map<String, Tensor> parameters, Sizes sizes, float[] x) {
    NDManager manager = engine.newBaseManager();
    Layer layer = layer(cell, manager, parameters, sizes.h());
    NDArray values = manager.create(x, new Shape(sizes.t(), sizes.n(), sizes.i()));
    return switch (task) {
      case TRAINING -> new LibtorchTraining(engine, manager, layer, values);
      case FORWARD, STEP -> new LibtorchInference(manager, layer, values, task == LayerTask.STEP);
    };
  }

  private static Layer layer(
      PeerCell cell, NDManager manager, Map<String, Tensor> parameters, int hiddenSize) {
    return switch (cell) {
      case ELMAN, LSTM, GRU_RESET_AFTER -> new BuiltInLayer(cell, manager, parameters, hiddenSize);
      case GRU, MGU, LAYER_NORM_LSTM -> {
        Weights weights = new Weights(manager, parameters);
        yield new OpByOpLayer(weights, CellEquations.of(cell, weights), hiddenSize);
      }
    };
  }

  @Override
  public void close() {
    // What it holds is freed with each run; the engine lives as long as the JVM.
  }
}
