package dev.rnn4j.examples.stackedsequence;

import static dev.rnn4j.examples.stackedsequence.SequenceTraining.WINDOW;

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
import picocli.CommandLine.Command;
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
    for (int i = 0; i < epochs; i++) {
      for (int j = 0; j < sequence.length - WINDOW; j++) {
        training.update(
            Arrays.copyOfRange(sequence, j, j + WINDOW), Arrays.copyOfRange(RESULT, j, j + WINDOW));
      }
      if (i % 100 == 0) {
        print("Loss 1:", training.loss1());
        print("Loss 2:", training.loss2());
      }
      if (i % 100 == 0 || i == epochs - 1) {
        checkpoints.add(i);
        losses.add(List.of(training.loss1(), training.loss2()));
      }
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
}
