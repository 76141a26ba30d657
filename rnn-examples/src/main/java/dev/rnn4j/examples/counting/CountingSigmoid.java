package dev.rnn4j.examples.counting;

import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.random.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the cost of every thousandth epoch, and the final output. */
@Command(
    name = "counting-sigmoid",
    description = "001, second half: the same with a sigmoid in the hidden steps")
public final class CountingSigmoid extends Scenario {
  @Mixin private KeepOptions keep;

  @Override
  protected void run(Report report) {
    long seed = seed(1234);
    int epochs = epochs(15000);
    NumpyRandom random = new NumpyRandom(seed);
    double wx = random.randn();
    double wrec = random.randn();
    CountingTraining training = CountingTraining.sigmoid(wx, wrec, precision());

    List<Integer> checkpoints = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    List<Object> weights = new ArrayList<>();
    Map<String, ?> settings = Map.of("scenario", "counting-sigmoid", "seed", seed);
    try (KeptLoop loop = keep.loop(training.step(), settings)) {
      loop.rounds(
          epochs,
          () -> {
            List<Double> before = training.weights();
            return new double[] {before.get(0), before.get(1), training.update()};
          },
          (epoch, found) -> {
            if (epoch % 1000 == 0) {
              weights.add(List.of(found[0], found[1]));
              checkpoints.add(epoch);
              losses.add(found[2]);
              print("Current iter : ", epoch, " Current cost: ", found[2]);
            }
          });
      loop.finish();
    }

    training.compute();
    print("Final output Raw: ", training.predictions());
    print("Final output Rounded: ", Sequences.round(training.predictions()));
    print("Ground Truth : ", "[[1 2 3]]");

    report.setting("seed", seed).setting("epochs", epochs);
    report
        .value("checkpointEpochs", checkpoints)
        .value("losses", losses)
        .value("checkpointWeights", weights)
        .value("finalWeights", training.weights())
        .value("finalPredictions", training.predictions());
  }
}
