package dev.rnn4j.examples.bench.pytorch;

import dev.rnn4j.examples.bench.Clock;
import dev.rnn4j.examples.bench.PeerRun;
import dev.rnn4j.examples.bench.SelfTimed;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What PyTorch was given last; Python times its runs, so that no pipe is timed. */
final class PyTorchRun implements PeerRun, SelfTimed {
  private final Python python;

  /** What some runs returned last, and what all took. */
  private record Timed(double value, long nanos) {}

  PyTorchRun(Python python) {
    this.python = python;
  }

  @Override
  public double getAsDouble() {
    return run(Clock.WALL, 1).value();
  }

  @Override
  public long nanos(Clock clock, int runs) {
    return run(clock, runs).nanos();
  }

  private Timed run(Clock clock, int runs) {
    return python.ask(
        'R',
        out -> {
          out.writeInt(runs);
          out.writeBoolean(clock == Clock.THREAD);
        },
        in -> new Timed(in.readDouble(), in.readLong()));
  }

  @Override
  public Map<String, Tensor> gradients() {
    return python.ask(
        'G',
        out -> {},
        in -> {
          Map<String, Tensor> gradients = new LinkedHashMap<>();
          for (int left = in.readInt(); left > 0; left--) {
            gradients.put(in.readUTF(), Python.read(in));
          }
          return gradients;
        });
  }

  @Override
  public void close() {
    python.tell('C', out -> {});
  }
}
