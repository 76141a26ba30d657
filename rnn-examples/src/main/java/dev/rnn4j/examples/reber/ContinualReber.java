package dev.rnn4j.examples.reber;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.examples.cli.Experiment;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.reber.ReberGrammar.Reber;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;

/**
 * Embedded Reber strings one after the other, without a mark where one ends (Gers, Schmidhuber and
 * Cummins, "Learning to forget: continual prediction with LSTM", 2000). Each update sees six more
 * strings of several streams; states go on from update to update, gradients end there. What is
 * judged is the symbol that has to be remembered through a string: the outer T or P.
 */
@Command(
    name = "continual-reber",
    description = "embedded Reber strings in a stream that never ends")
public final class ContinualReber extends Experiment {
  private static final int NODES = 12;
  private static final int STREAMS = 8;
  private static final int CHUNK = 6;
  private static final int TESTED = 50;

  /**
   * Chunks are cut to as many steps as fill strings mostly have: plans are made for few lengths.
   */
  private static final int ROUND = 16;

  @Override
  protected void run(Report report) {
    int updates = updates(600);
    print(
        "outer symbols right in fresh streams, after",
        updates,
        "updates of 6 strings in 8 streams");
    forEachSeed(report, 10, "%", seed -> 100 * right(seed, updates));
    print("wanted: 99.7 %");
  }

  private double right(long seed, int updates) {
    Philox random = new Philox(seed);
    int symbols = ReberGrammar.SYMBOLS.length();
    var model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(symbols, NODES, random)), Dense.of(NODES, symbols, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.02))
            .schedule(Schedule.linear(updates, 1, 0.05))
            .clip(Clip.byGlobalNorm(1))
            .carryStates()
            .compile(precision());
    Trainer trainer = Trainer.of(step).updates(updates);
    keep()
        .trainer(trainer, Map.of("task", "continual Reber"), Map.of(), random)
        .generate(() -> chunk(random).batch());
    int right = 0;
    int all = 0;
    for (int i = 0; i < TESTED; i++) {
      Chunk chunk = chunk(random);
      step.compute(chunk.batch()); // reads on, and changes no weight
      for (int position : chunk.outer()) {
        right +=
            best(step.prediction(), position, symbols) == chunk.batch().y().at(position) ? 1 : 0;
        all++;
      }
    }
    return (double) right / all;
  }

  private static int best(Tensor outputs, int position, int symbols) {
    int best = 0;
    for (int s = 1; s < symbols; s++) {
      if (outputs.at(position * symbols + s) > outputs.at(position * symbols + best)) {
        best = s;
      }
    }
    return best;
  }

  /**
   * Six strings of each stream, padded at the end.
   *
   * @param outer where the outer symbols are to be predicted, as positions in {@code [T, N]}
   */
  private record Chunk(Batch batch, List<Integer> outer) {}

  private static Chunk chunk(RandomGenerator random) {
    int[] lengths = new int[STREAMS];
    List<List<Reber>> streams = new ArrayList<>();
    for (int n = 0; n < STREAMS; n++) {
      List<Reber> strings = new ArrayList<>();
      for (int i = 0; i < CHUNK; i++) {
        strings.add(ReberGrammar.draw(random));
        lengths[n] += strings.get(i).length() + 1;
      }
      streams.add(strings);
    }
    int longest = Arrays.stream(lengths).max().orElseThrow();
    int steps = (longest + ROUND - 1) / ROUND * ROUND;
    int symbols = ReberGrammar.SYMBOLS.length();
    float[] x = new float[steps * STREAMS * symbols];
    float[] y = new float[steps * STREAMS];
    List<Integer> outer = new ArrayList<>();
    for (int n = 0; n < STREAMS; n++) {
      int t = 0;
      for (Reber string : streams.get(n)) {
        outer.add((t + string.outer()) * STREAMS + n);
        for (int i = 0; i <= string.length(); i++, t++) {
          x[(t * STREAMS + n) * symbols + string.symbol(i)] = 1;
          // The last symbol, E, is followed by the next string's B, which is 0.
          y[t * STREAMS + n] = i < string.length() ? string.symbol(i + 1) : 0;
        }
      }
    }
    Batch batch =
        Batch.of(
                Tensor.of(Shape.of(steps, STREAMS, symbols), x),
                Tensor.of(Shape.of(steps, STREAMS), y))
            .lengths(lengths);
    return new Chunk(batch, outer);
  }
}
