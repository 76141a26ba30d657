package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.examples.bench.fused.Read;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.graph.Input;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.util.List;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One step of an LSTM at a time with its state carried on, beside a read of its weights. */
@Command(
    name = "stream",
    description = "one LSTM step with carried state, beside reading its weights")
final class Stream extends Benchmark {
  private static final int SEED = 5;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      converter = Numbers.Positive.class,
      description = "hidden size, and input size")
  private List<Integer> hiddenSizes = List.of(64, 128, 256);

  @Override
  protected void measure() {
    print("One LSTM step in float32 on one thread, N = 1, I = H, the state carried on, the input");
    print("set before it; beside a sum over as many numbers as the cell has weights, in turns.");
    print("Microseconds: the median (p50), and what one in a hundred exceeds (p99).");
    print("");
    print("    H  step p50      p99  read p50      p99  step/read   bytes");
    hiddenSizes.forEach(this::measure);
  }

  private void measure(int h) {
    DoubleSupplier step = step(h);
    double[][] nanos = Turns.eachNanos(timing(), step, read(2 * h * 4 * h));
    double p50 = Turns.quantile(0.5, nanos[0]) / 1e3;
    double p99 = Turns.quantile(0.99, nanos[0]) / 1e3;
    double read50 = Turns.quantile(0.5, nanos[1]) / 1e3;
    double read99 = Turns.quantile(0.99, nanos[1]) / 1e3;
    long bytes = Allocation.bytesPerRun(step);
    print("%5d%10.2f%9.2f%10.2f%9.2f%11.2f%8d", h, p50, p99, read50, read99, p50 / read50, bytes);
    report(
        new Row("stream", "lstm")
            .sizes(new Sizes(1, 1, h, h))
            .on("float32", 1)
            .micros(p50)
            .with("p99Micros", p99)
            .against("read of the weights", read50)
            .with("referenceP99Micros", read99)
            .with("bytesPerRun", bytes));
  }

  private static DoubleSupplier step(int size) {
    LstmCell cell = LstmCell.of(size, size, new Philox(SEED));
    Input x = Input.of("x", 1, size);
    Input h = Input.of("h", 1, size);
    Input c = Input.of("c", 1, size);
    Step<LstmCell.State> step = cell.step(x, new LstmCell.State(h, c));
    Session session =
        Plan.of(step.output())
            .carry(step.state().h(), h)
            .carry(step.state().c(), c)
            .threads(1)
            .compile(Precision.FLOAT32)
            .session();
    float[] input = CellStep.sequences(new Sizes(1, 1, size, size));
    return () -> {
      session.set(x, input).run();
      return 0;
    };
  }

  private static DoubleSupplier read(int count) {
    if (Kernels.hasVectorModule()) {
      return new Read(count);
    }
    FloatKernels kernels = Kernels.float32();
    float[] weights = new float[count];
    float[] sum = new float[1];
    return () -> {
      kernels.sum(1, count, 1, weights, 0, sum, 0);
      return sum[0];
    };
  }
}
