package dev.rnn4j.examples.stackedsequence;

import static dev.rnn4j.examples.stackedsequence.SequenceTraining.WINDOW;

import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints both losses of every hundredth epoch, and both networks' predictions. */
@Command(
    name = "stacked-sequence",
    description = "002, first half: two networks of two recurrent layers each; momentum")
public final class StackedSequence extends Scenario {
  private static final double[][] SEQUENCE = {{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}};
  private static final double[] RESULT = {60, 52, 52, 53, 52, 50, 52, 56, 54, 57};

  @Option(
      names = "--momentum",
      paramLabel = "M",
      converter = Numbers.Rate.class,
      description = "the document's second setting is 0.9 (default: ${DEFAULT-VALUE})")
  private double momentum = 0;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "learning rate (default: 0.005, with momentum 0.0005)")
  private Double rate;

  @Mixin private KeepOptions keep;

  @Override
  protected void run(Report report) {
    long seed = seed(0);
    int epochs = epochs(momentum == 0 ? 500 : 201);
    double usedRate = rate != null ? rate : momentum == 0 ? 5e-3 : 5e-4;
    Table table = Table.of(SEQUENCE, "x");
    double[] sequence = StandardScaler.fit(table).transform(table).column("x");
    SequenceTraining training =
        new SequenceTraining(
            new NumpyRandom(seed), Sgd.rate(usedRate).momentum(momentum), precision());

    List<Integer> checkpoints = new ArrayList<>();
    List<List<Double>> losses = new ArrayList<>();
    Map<String, ?> settings =
        Map.of(
            "scenario", "stacked-sequence", "seed", seed, "rate", usedRate, "momentum", momentum);
    try (KeptLoop loop = keep.loop(training.step(), settings)) {
      loop.rounds(
          epochs,
          () -> epoch(training, sequence),
          (epoch, found) -> {
            if (epoch % 100 == 0) {
              print("Loss 1:", found[0]);
              print("Loss 2:", found[1]);
            }
            if (epoch % 100 == 0 || epoch == epochs - 1) {
              checkpoints.add(epoch);
              losses.add(List.of(found[0], found[1]));
            }
          });
      loop.finish();
    }

    Tensor predictions1 = training.predict1(sequence);
    Tensor predictions2 = training.predict2(sequence);
    print(predictions1);
    print("[60 52 52 53 52 50 52 56 54 57]");
    print(predictions2);
    print("[60 52 52 53 52 50 52 56 54 57]");

    report
        .setting("seed", seed)
        .setting("epochs", epochs)
        .setting("learningRate", usedRate)
        .setting("momentum", momentum)
        .setting("window", WINDOW);
    report
        .value("checkpointEpochs", checkpoints)
        .value("losses", losses)
        .value("predictions1", predictions1)
        .value("predictions2", predictions2);
  }

  /** Trains on each window once; returns the losses of both networks on the last one. */
  private static double[] epoch(SequenceTraining training, double[] sequence) {
    for (int j = 0; j < sequence.length - WINDOW; j++) {
      training.update(
          Arrays.copyOfRange(sequence, j, j + WINDOW), Arrays.copyOfRange(RESULT, j, j + WINDOW));
    }
    return new double[] {training.loss1(), training.loss2()};
  }
}
