package dev.rnn4j.examples.bench;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.batch.ReadAhead;
import dev.rnn4j.batch.Sequence;
import dev.rnn4j.batch.StreamedBatches;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training on a source that does not fit into memory, beside training on batches in memory. */
@Command(
    name = "source",
    description = "training on a source larger than memory, beside batches from memory")
final class Source extends Benchmark {
  private static final Sizes SIZES = new Sizes(32, 50, 32, 64);
  private static final int SEED = 3;
  private static final int TOGETHER = 64;
  private static final int SHUFFLED = 1000;
  private static final int MADE = 1000;
  private static final double GIGA = 1e9;

  @Option(
      names = "--gigabytes",
      paramLabel = "G",
      description = "how much of the source to train on; 4 unless given")
  private Double given;

  @Override
  protected void measure() {
    double gigabytes = given == null ? unlessAsked(4.0, 0.05) : given;
    checkArgument(gigabytes > 0, "--gigabytes is above 0, not %s", gigabytes);
    print(
        "An LSTM is trained on one thread, N = 32, T = 50, I = 32, H = 64, on sequences that are");
    print(
        "made while others are trained on, shuffled within %d, and beside that on batches",
        SHUFFLED);
    print("that are in memory: in turns of %d updates.", TOGETHER);
    print("");
    TrainingStep step = step();
    List<Batch> kept = new ArrayList<>();
    source().shuffledWithin(SHUFFLED, new Philox(1)).iterator().forEachRemaining(kept::add);
    kept.forEach(step::run); // warms up
    long updates = Math.max(1, Math.round(gigabytes * GIGA / bytes() / TOGETHER)) * TOGETHER;
    StreamedBatches all =
        StreamedBatches.of(() -> sequences(updates * SIZES.n()), SIZES.n())
            .shuffledWithin(SHUFFLED, new Philox(1));
    long[] nanos = new long[2];
    long[] own = new long[2];
    Iterator<Batch> streamed = ReadAhead.of(all, 8).iterator();
    while (streamed.hasNext()) {
      long begin = System.nanoTime();
      long ownBegin = ownNanos();
      for (int i = 0; i < TOGETHER; i++) {
        step.run(streamed.next());
      }
      long middle = System.nanoTime();
      long ownMiddle = ownNanos();
      for (int i = 0; i < TOGETHER; i++) {
        step.run(kept.get(i));
      }
      nanos[0] += middle - begin;
      nanos[1] += System.nanoTime() - middle;
      own[0] += ownMiddle - ownBegin;
      own[1] += ownNanos() - ownMiddle;
    }
    double making = makingMicros();
    double source = nanos[0] / 1e3 / updates;
    double memory = nanos[1] / 1e3 / updates;
    print("%.2f GB in %,d batches, in a heap of %d MB", updates * bytes() / GIGA, updates, heap());
    print("an update from the source %.0f us, from memory %.0f us", source, memory);
    print("speed from the source, of that from memory: %.2f", memory / source);
    print("");
    print(
        "Of threads' own time, which others on the computer do not change: an update %.0f us",
        own[0] / 1e3 / updates);
    print("and from memory %.0f us, making a batch %.0f us.", own[1] / 1e3 / updates, making);
    report(
        new Row("source", "lstm")
            .sizes(SIZES)
            .on("float32", 1)
            .micros(source)
            .with("gigabytes", updates * bytes() / GIGA)
            .with("ownMicros", own[0] / 1e3 / updates)
            .with("ownMicrosFromMemory", own[1] / 1e3 / updates)
            .with("makingMicros", making)
            .against("batches from memory", memory));
  }

  /** Returns the time that a thread works for one batch, where nobody is trained. */
  private static double makingMicros() {
    StreamedBatches batches =
        StreamedBatches.of(() -> sequences((long) MADE * SIZES.n()), SIZES.n())
            .shuffledWithin(SHUFFLED, new Philox(1));
    long begin = ownNanos();
    batches.iterator().forEachRemaining(batch -> {});
    return (ownNanos() - begin) / 1e3 / MADE;
  }

  /** Returns how long this thread has worked, which is not how long it has waited. */
  private static long ownNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double bytes() {
    return (double) Float.BYTES * SIZES.n() * SIZES.t() * SIZES.i();
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }

  private static TrainingStep step() {
    RandomGenerator random = new Philox(SEED);
    Stacked model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(SIZES.i(), SIZES.h(), random)).last(),
            Dense.of(SIZES.h(), 1, random));
    return TrainingStep.of(model, Losses.meanSquaredError())
        .optimizer(Adam.rate(1e-3))
        .threads(1)
        .compile(Precision.FLOAT32);
  }

  private static StreamedBatches source() {
    return StreamedBatches.of(() -> sequences((long) TOGETHER * SIZES.n()), SIZES.n());
  }

  /** Returns sequences that are made one by one: noise, and its last number to be said. */
  private static Stream<Sequence> sequences(long count) {
    return Stream.iterate(0L, number -> number + 1).limit(count).map(Source::sequence);
  }

  private static Sequence sequence(long number) {
    float[] x = new float[SIZES.t() * SIZES.i()];
    long bits = number * 0x9E3779B97F4A7C15L + 1;
    for (int i = 0; i < x.length; i++) {
      bits = bits * 6364136223846793005L + 1442695040888963407L;
      x[i] = (bits >>> 40) * 0x1p-23f - 1;
    }
    Tensor y = Tensor.of(Shape.of(1), x[x.length - 1]);
    return Sequence.of(Tensor.of(Shape.of(SIZES.t(), SIZES.i()), x), y);
  }
}
