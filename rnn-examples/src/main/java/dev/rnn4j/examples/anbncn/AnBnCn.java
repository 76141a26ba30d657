package dev.rnn4j.examples.anbncn;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.examples.cli.Experiment;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Tested;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Predicts what may follow in strings aⁿbⁿ, or aⁿbⁿcⁿ, of n up to 10, and is tried on longer ones
 * (Gers and Schmidhuber, "LSTM recurrent networks learn simple context-free and context-sensitive
 * languages", 2001).
 */
@Command(
    name = "anbncn",
    description = "counts beyond what it was trained on: a^n b^n and a^n b^n c^n")
public final class AnBnCn extends Experiment {
  private static final int TRAINED = 10;
  private static final int LONGEST = 200;

  @Option(
      names = "--letters",
      paramLabel = "N",
      defaultValue = "3",
      description = "2 for a^n b^n, 3 for a^n b^n c^n (the default)")
  private int letters;

  @Mixin private Tested tested;

  @Override
  protected void run(Report report) {
    int updates = updates(letters == 2 ? 16_000 : 8000);
    if (letters != 2 && letters != 3) {
      throw new IllegalArgumentException("--letters is 2 or 3, not " + letters);
    }
    print("the largest n up to which all strings are right, trained to n = 10");
    forEachSeed(report, 11, "", seed -> largest(seed, updates));
    print("wanted:", letters == 2 ? "65 and more" : "24 and more");
  }

  private double largest(long seed, int updates) {
    Philox random = new Philox(seed);
    int symbols = letters + 1;
    int nodes = letters == 2 ? 3 : 8;
    var model =
        Stacked.of(
            new Recurrent<>(CounterCell.of(symbols, nodes, random)),
            Dense.of(nodes, symbols, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.binaryCrossEntropy())
            .optimizer(rule())
            .clip(Clip.byGlobalNorm(1))
            .compile(precision());
    Batch batch = strings(1, TRAINED);
    Trainer trainer = Trainer.of(step).updates(updates);
    keep()
        .trainer(trainer, Map.of("task", letters + " letters"), Map.of(), random)
        .run(() -> List.of(batch));
    Batch longer = strings(1, tested.orUsual(LONGEST));
    step.evaluate(longer);
    return firstWrong(step.prediction(), longer) - 1;
  }

  /** Of three letters, a counter that forgets a little is wrong before a longer string ends. */
  private Adam rule() {
    return letters == 2 ? Adam.rate(0.04) : Adam.rate(0.02).rate("layers.0.cell.forget.**", 0.0002);
  }

  /** Returns all strings from aᵐ to aⁿ: one-hot {@code [T, N, I]}, and what may follow. */
  private Batch strings(int from, int to) {
    int count = to - from + 1;
    int symbols = letters + 1;
    int steps = letters * to + 1;
    float[] x = new float[steps * count * symbols];
    float[] y = new float[steps * count * symbols];
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      int n = from + i;
      lengths[i] = letters * n + 1;
      for (int t = 0; t < lengths[i]; t++) {
        int at = (t * count + i) * symbols;
        // Symbol 0 begins and ends a string; the first letter may go on or give way.
        x[at + (t == 0 ? 0 : 1 + (t - 1) / n)] = 1;
        y[at + (t == 0 ? 1 : (1 + t / n) % symbols)] = 1;
        if (t > 0 && t <= n) {
          y[at + 1] = 1;
          y[at + 2] = 1;
        }
      }
    }
    return Batch.of(
            Tensor.of(Shape.of(steps, count, symbols), x),
            Tensor.of(Shape.of(steps, count, symbols), y))
        .lengths(lengths);
  }

  /** Returns the first n whose string is not right in every place. */
  private int firstWrong(Tensor outputs, Batch strings) {
    int count = strings.sequences();
    int symbols = letters + 1;
    for (int i = 0; i < count; i++) {
      for (int t = 0; t < letters * (i + 1) + 1; t++) {
        for (int s = 0; s < symbols; s++) {
          int at = (t * count + i) * symbols + s;
          if (outputs.at(at) > 0 != strings.y().at(at) > 0) {
            return i + 1;
          }
        }
      }
    }
    return count + 1;
  }
}
