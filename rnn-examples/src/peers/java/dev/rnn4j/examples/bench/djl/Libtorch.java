package dev.rnn4j.examples.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.rnn4j.examples.bench.Peer;
import dev.rnn4j.examples.bench.PeerCell;
import dev.rnn4j.examples.bench.PeerStep;
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
  public PeerStep step(PeerCell cell, Map<String, Tensor> parameters, Sizes sizes, float[] x) {
    NDManager manager = engine.newBaseManager();
    Layer layer = layer(cell, manager, parameters, sizes.h());
    return new LibtorchStep(engine, manager, layer, sizes, x);
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
}
