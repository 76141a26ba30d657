package dev.rnn4j.examples.catfish;

import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints loss and prediction of every epoch. */
@Command(
    name = "cat-fish",
    description = "000: how much fish the cat will eat; ReLU, truncated BPTT of length 1")
public final class CatFish extends Scenario {
  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "learning rate (default: ${DEFAULT-VALUE})")
  private double rate = 0.01;

  @Mixin private KeepOptions keep;

  @Override
  protected void run(Report report) {
    long seed = seed(1234);
    int epochs = epochs(100);
    CatTraining training = CatTraining.of(new NumpyRandom(seed), rate, precision());

    List<Double> losses = new ArrayList<>();
    List<Double> predictions = new ArrayList<>();
    Map<String, ?> settings = Map.of("scenario", "cat-fish", "seed", seed, "rate", rate);
    try (KeptLoop loop = keep.loop(training.step(), settings)) {
      loop.rounds(
          epochs,
          () -> new double[] {training.update(), training.prediction().item()},
          (epoch, found) -> {
            print(found[0]);
            print(Tensor.of(Shape.of(1, 1), found[1]).to(precision()));
            losses.add(found[0]);
            predictions.add(found[1]);
          });
      loop.finish();
    }

    report.setting("seed", seed).setting("epochs", epochs).setting("learningRate", rate);
    report.value("losses", losses).value("predictions", predictions);
  }
}
