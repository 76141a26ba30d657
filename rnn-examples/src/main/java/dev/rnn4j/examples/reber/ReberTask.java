package dev.rnn4j.examples.reber;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.examples.cli.Experiment;
import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.reber.ReberGrammar.Reber;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Learns the embedded Reber grammar from one string after the other. A network knows it when on 200
 * fresh strings the symbols that may follow always have the largest outputs.
 */
@Command(name = "reber", description = "learns the embedded Reber grammar, string by string")
public final class ReberTask extends Experiment {
  private static final int NODES = 8;
  private static final int BETWEEN_TESTS = 500;
  private static final int TESTED = 200;

  /** Lengths are rounded up to a multiple of this, for each length needs a plan of its own. */
  private static final int ROUND = 8;

  @Override
  protected void run(Report report) {
    int updates = updates(20_000);
    print("strings until 200 fresh ones are right, of at most", updates);
    forEachSeed(report, 10, "", seed -> strings(seed, updates));
    print("published: 4750");
  }

  private double strings(long seed, int updates) {
    Philox random = new Philox(seed);
    int symbols = ReberGrammar.SYMBOLS.length();
    var model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(symbols, NODES, random)), Dense.of(NODES, symbols, random));
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.015))
            .threads(1)
            .compile(precision());
    try (KeptLoop loop = keep().loop(step, Map.of("task", "Reber", "seed", seed), random)) {
      double strings = loop.result().orElseGet(() -> train(step, updates, loop, random));
      loop.finish(strings);
      return strings;
    }
  }

  private static double train(
      TrainingStep step, int updates, KeptLoop loop, RandomGenerator random) {
    while (step.updates() < updates || step.updates() % BETWEEN_TESTS != 0) {
      step.run(batch(List.of(ReberGrammar.draw(random))));
      if (step.updates() % BETWEEN_TESTS == 0 && isRight(step, random)) {
        return step.updates();
      }
      loop.rest();
    }
    return Double.POSITIVE_INFINITY;
  }

  private static boolean isRight(TrainingStep step, RandomGenerator random) {
    List<Reber> fresh = Stream.generate(() -> ReberGrammar.draw(random)).limit(TESTED).toList();
    step.evaluate(batch(fresh));
    return isRight(fresh, step.prediction());
  }

  /** Returns whether symbols that may follow have larger outputs than all others. */
  private static boolean isRight(List<Reber> strings, Tensor outputs) {
    for (int n = 0; n < strings.size(); n++) {
      for (int t = 0; t < strings.get(n).length(); t++) {
        double worst = Double.POSITIVE_INFINITY;
        double others = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < ReberGrammar.SYMBOLS.length(); s++) {
          double output = outputs.at((t * strings.size() + n) * ReberGrammar.SYMBOLS.length() + s);
          boolean may = strings.get(n).legal().get(t).indexOf(ReberGrammar.SYMBOLS.charAt(s)) >= 0;
          worst = may ? Math.min(worst, output) : worst;
          others = may ? others : Math.max(others, output);
        }
        if (worst <= others) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns strings, one-hot {@code [T, N, 7]}, and what follows, {@code [T, N]}. */
  static Batch batch(List<Reber> strings) {
    int longest = strings.stream().mapToInt(Reber::length).max().orElseThrow();
    int steps = (longest + ROUND - 1) / ROUND * ROUND;
    int symbols = ReberGrammar.SYMBOLS.length();
    float[] x = new float[steps * strings.size() * symbols];
    float[] y = new float[steps * strings.size()];
    for (int n = 0; n < strings.size(); n++) {
      for (int t = 0; t < strings.get(n).length(); t++) {
        int at = t * strings.size() + n;
        x[at * symbols + strings.get(n).symbol(t)] = 1;
        y[at] = strings.get(n).symbol(t + 1);
      }
    }
    return Batch.of(
            Tensor.of(Shape.of(steps, strings.size(), symbols), x),
            Tensor.of(Shape.of(steps, strings.size()), y))
        .lengths(strings.stream().mapToInt(Reber::length).toArray());
  }
}
