package dev.rnn4j.examples.bench.pytorch;

import dev.rnn4j.examples.bench.CellStep;
import dev.rnn4j.examples.bench.LayerTask;
import dev.rnn4j.examples.bench.Peer;
import dev.rnn4j.examples.bench.PeerCell;
import dev.rnn4j.examples.bench.PeerRun;
import dev.rnn4j.examples.bench.Sizes;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/**
 * PyTorch in a Python of the user's. It has LSTM, GRU and Elman layers of its own; the other cells
 * are written op by op.
 */
public final class PyTorch implements Peer {
  private final Python python;
  private String version;

  /**
   * Starts a Python.
   *
   * @throws IllegalStateException where it does not start or has no PyTorch
   */
  public PyTorch(String command) {
    python = new Python(command);
  }

  @Override
  public String name() {
    return "PyTorch " + version;
  }

  @Override
  public void start(int threads) {
    version = python.ask('T', out -> out.writeInt(threads), in -> in.readUTF());
  }

  @Override
  public PeerRun run(
      LayerTask task, PeerCell cell, Map<String, Tensor> parameters, Sizes sizes, float[] x) {
    python.tell(
        'M',
        out -> {
          out.writeUTF(task.toString());
          out.writeUTF(cell.toString());
          out.writeInt(sizes.h());
          out.writeDouble(CellStep.RATE);
          Python.write(out, Tensor.of(Shape.of(sizes.t(), sizes.n(), sizes.i()), x));
          out.writeInt(parameters.size());
          for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
            out.writeUTF(parameter.getKey());
            Python.write(out, parameter.getValue());
          }
        });
    return new PyTorchRun(python);
  }

  @Override
  public void close() {
    python.close();
  }
}
