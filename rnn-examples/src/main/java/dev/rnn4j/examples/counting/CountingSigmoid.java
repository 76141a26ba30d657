package dev.rnn4j.examples.counting;

import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.random.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Prints the cost of every thousandth epoch, and the final output. */
@Command(
    name = "counting-sigmoid",
    description = "001, second half: the same with a sigmoid in the hidden steps")
public final class CountingSigmoid extends Scenario {
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
    for (int epoch = 0; epoch < epochs; epoch++) {
      boolean checkpoint = epoch % 1000 == 0;
      if (checkpoint) {
        weights.add(training.weights());
      }
      double cost = training.update();
      if (checkpoint) {
        checkpoints.add(epoch);
        losses.add(cost);
        print("Current iter : ", epoch, " Current cost: ", cost);
      }
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
