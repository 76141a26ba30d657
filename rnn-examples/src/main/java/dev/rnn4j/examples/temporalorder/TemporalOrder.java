package dev.rnn4j.examples.temporalorder;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.examples.cli.Experiment;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Tested;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.util.Map;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The temporal order problem with three bits (Hochreiter and Schmidhuber, "Long short-term memory",
 * 1997, section 5.6): between distractors stand three symbols X or Y, and their order, one of
 * eight, is asked for at the end.
 */
@Command(name = "temporal-order", description = "tells the order of three symbols of fifty")
public final class TemporalOrder extends Experiment {
  private static final int STEPS = 50;
  private static final int NODES = 16;
  private static final int BATCH = 32;
  private static final int TESTED = 2560;

  /** X and Y, four distractors, a first and a last symbol. */
  private static final int SYMBOLS = 8;

  private static final int DISTRACTOR = 2;
  private static final int FIRST = 6;
  private static final int LAST = 7;

  /** Where the three stand: from each of these steps, one of six. */
  private static final int[] FROM = {5, 17, 33};

  private static final int WIDTH = 6;

  @Mixin private Tested tested;

  @Override
  protected void run(Report report) {
    int updates = updates(1500);
    print(
        "right of",
        tested.orUsual(TESTED),
        "fresh sequences of 50 symbols, after",
        updates,
        "updates of 32");
    forEachSeed(report, 5, "%", seed -> 100 * accuracy(seed, updates));
    print("wanted: 100 %");
  }

  private double accuracy(long seed, int updates) {
    Philox random = new Philox(seed);
    var model =
        Stacked.of(
            Embedding.of(SYMBOLS, SYMBOLS, random),
            new Recurrent<>(LstmCell.of(SYMBOLS, NODES, random)).last(),
            Dense.of(NODES, SYMBOLS, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.01))
            .clip(Clip.byGlobalNorm(1))
            .compile(precision());
    Trainer trainer = Trainer.of(step).updates(updates);
    keep()
        .trainer(trainer, Map.of("task", "temporal order"), Map.of(), random)
        .generate(() -> batch(BATCH, random));
    Batch test = batch(tested.orUsual(TESTED), random);
    step.evaluate(test);
    return Metrics.accuracy().add(step.prediction(), test.y()).value();
  }

  /** Draws symbols {@code [T, N]} and the number that three of them make, {@code [N]}. */
  private static Batch batch(int sequences, RandomGenerator random) {
    float[] x = new float[STEPS * sequences];
    float[] y = new float[sequences];
    for (int n = 0; n < sequences; n++) {
      for (int t = 0; t < STEPS; t++) {
        int symbol = t == 0 ? FIRST : t == STEPS - 1 ? LAST : DISTRACTOR + random.nextInt(4);
        x[t * sequences + n] = symbol;
      }
      for (int from : FROM) {
        int bit = random.nextInt(2);
        x[(from + random.nextInt(WIDTH)) * sequences + n] = bit;
        y[n] = 2 * y[n] + bit;
      }
    }
    return Batch.of(Tensor.of(Shape.of(STEPS, sequences), x), Tensor.of(Shape.of(sequences), y));
  }
}
