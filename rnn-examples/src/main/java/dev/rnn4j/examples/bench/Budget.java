package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.StepMemory;
import dev.rnn4j.train.TrainingStep;
import dev.rnn4j.train.TrainingStepBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a training step takes in segments: an LSTM with a linear layer and a loss at each step, all
 * at once and under memory budgets, in turns.
 */
@Command(
    name = "budget",
    description = "a training step of long sequences, at once and under memory budgets")
final class Budget extends TimedBenchmark {
  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of the batch and the layer")
  private Sizes sizes;

  @Option(
      names = "--percent",
      converter = Numbers.Positive.class,
      paramLabel = "P",
      description = "a budget, in percent of what whole sequences need besides in- and outputs")
  private List<Integer> percents = List.of(50, 20, 5);

  @Option(
      names = "--without-whole",
      description = "leave out whole sequences, which may not fit into the heap")
  private boolean withoutWhole;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.ThreadCount.class,
      description = "threads of the plan")
  private int threads = 1;

  @Override
  protected void measure() {
    if (sizes == null) {
      sizes = unlessAsked(new Sizes(32, 10_000, 64, 128), new Sizes(8, 500, 8, 16));
    }
    Philox random = new Philox(3);
    Layer model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(sizes.i(), sizes.h(), random)),
            Dense.of(sizes.h(), 1, random));
    Batch batch =
        Batch.of(normal(random, sizes.i())).target(Batch.Y, normal(random, 1), Axes.TIME_BATCH);
    long inAndOut = 4L * sizes.t() * sizes.n() * (sizes.i() + 2);
    long full = builder(model).compile(Precision.FLOAT32).memory(batch).full() - inAndOut;
    List<TrainingStep> steps = new ArrayList<>();
    if (!withoutWhole) {
      steps.add(builder(model).compile(Precision.FLOAT32));
    }
    for (int percent : percents) {
      long budget = Math.max(1, full * percent / 100);
      steps.add(builder(model).memoryBudget(budget).compile(Precision.FLOAT32));
    }
    List<StepMemory> memories = steps.stream().map(step -> step.memory(batch)).toList();
    List<DoubleSupplier> ways = new ArrayList<>();
    steps.forEach(step -> ways.add(() -> step.run(batch)));
    double[] micros = Turns.medianMicros(timing().shorter(), ways.toArray(DoubleSupplier[]::new));
    print("An LSTM of %s with a linear layer, a loss at each step, in float32.", sizes);
    print("Memory besides inputs and outputs, and the median time of a step; in the heap of");
    print("%d MB, of which whole sequences need about %d MB.", mega(heap()), mega(full));
    print("");
    print("%10s%8s%10s%8s%10s%8s", "segments", "steps", "MB", "part", "ms", "times");
    for (int i = 0; i < micros.length; i++) {
      StepMemory memory = memories.get(i);
      long needed = memory.segments() == 1 ? full : memory.needed();
      print(
          "%10d%8d%10d%7.1f%%%10.0f%8.2f",
          memory.segments(),
          memory.steps(),
          mega(needed),
          100.0 * needed / full,
          micros[i] / 1e3,
          micros[i] / micros[0]);
      report(
          new Row("budget", "lstm")
              .sizes(sizes)
              .on("float32", threads)
              .micros(micros[i])
              .with("segments", memory.segments())
              .with("workBytes", needed)
              .against("first row", micros[0]));
    }
  }

  private Tensor normal(Philox random, int features) {
    Shape shape = Shape.of(sizes.t(), sizes.n(), features);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(shape, values);
  }

  private TrainingStepBuilder builder(Layer model) {
    return TrainingStep.of(model, Losses.meanSquaredError())
        .optimizer(Sgd.rate(1e-3))
        .threads(threads);
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  private static long mega(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
