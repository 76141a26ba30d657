package dev.rnn4j.examples.counting;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the predictions of every thousandth epoch, and the weights found. */
@Command(
    name = "counting-linear",
    description = "001, first half: two weights learn to count; a learning rate for each")
public final class CountingLinear extends Scenario {
  private static final Set<Integer> CHECKPOINTS =
      Set.of(0, 1, 2, 10, 100, 1000, 5000, 10000, 20000, 30000, 40000);

  @Option(
      names = "--wx",
      paramLabel = "W",
      converter = Numbers.Finite.class,
      description = "input weight at the start (default: ${DEFAULT-VALUE})")
  private double wx = 0.2;

  @Option(
      names = "--wrec",
      paramLabel = "W",
      converter = Numbers.Finite.class,
      description = "recurrent weight at the start (default: ${DEFAULT-VALUE})")
  private double wrec = 1.5;

  @Mixin private KeepOptions keep;

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    return ImmutableMap.of("--seed", "nothing is drawn, --wx and --wrec are the start");
  }

  @Override
  protected void run(Report report) {
    int epochs = epochs(50000);
    CountingTraining training = CountingTraining.linear(wx, wrec, precision());

    List<Integer> checkpoints = new ArrayList<>();
    List<Object> predictions = new ArrayList<>();
    List<Object> weights = new ArrayList<>();
    Map<String, ?> settings = Map.of("scenario", "counting-linear", "wx", wx, "wrec", wrec);
    try (KeptLoop loop = keep.loop(training.step(), settings)) {
      loop.rounds(
          epochs,
          () -> {
            List<Double> before = training.weights();
            training.update();
            double[] found = training.predictions().toDoubles();
            return new double[] {before.get(0), before.get(1), found[0], found[1], found[2]};
          },
          (epoch, found) -> {
            Tensor prediction = Tensor.of(found[2], found[3], found[4]).to(precision());
            if (CHECKPOINTS.contains(epoch) || epoch == epochs - 1) {
              checkpoints.add(epoch);
              predictions.add(prediction);
              weights.add(List.of(found[0], found[1]));
            }
            if (epoch % 1000 == 0) {
              // The document's own spelling.
              print("\nCurrent Epoch: ", epoch, "  current predition :", prediction);
            }
          });
      loop.finish();
    }

    training.compute();
    print("Ground Truth: ", training.predictions());
    print("Rounded Truth: ", Sequences.round(training.predictions()));
    print("Final weight X : ", training.wx());
    print("Final weight Rec : ", training.wrec());

    report.setting("start", List.of(wx, wrec)).setting("epochs", epochs);
    report
        .value("checkpointEpochs", checkpoints)
        .value("checkpointPredictions", predictions)
        .value("checkpointWeights", weights)
        .value("finalWeights", training.weights())
        .value("finalPredictions", training.predictions());
  }
}
