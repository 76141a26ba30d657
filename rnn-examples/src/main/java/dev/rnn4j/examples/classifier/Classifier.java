package dev.rnn4j.examples.classifier;

import com.google.common.primitives.Ints;
import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptLoop;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the probabilities before training, the updated weights, and where training leads. */
@Command(
    name = "classifier",
    description = "004: a classifier of sequences; softmax cross-entropy, back through time")
public final class Classifier extends Scenario {
  /** Steps, counted from 1, whose loss is reported: that after one update less. */
  private static final Set<Integer> CHECKPOINTS = Set.of(2, 10, 100, 1000);

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "learning rate (default: ${DEFAULT-VALUE})")
  private double rate = 0.5;

  @Mixin private KeepOptions keep;

  @Override
  protected void run(Report report) throws IOException {
    long seed = seed(0);
    int epochs = epochs(1000);
    ClassifierTraining training = ClassifierTraining.of(new NumpyRandom(seed), rate, precision());
    TrainingStep step = training.step();

    double crossEntropy = step.compute(training.batch());
    report
        .setting("seed", seed)
        .setting("epochs", epochs)
        .setting("learningRate", rate)
        .value("labels", Ints.asList(training.labels()))
        .value("outputProbabilities", training.outputProbabilities())
        .value("crossEntropy", crossEntropy)
        .value("gradients", gradients(step));
    print("Output probabilities:", training.outputProbabilities());
    print("Cross-entropy:", crossEntropy);

    Map<Integer, Double> checkpoints = new LinkedHashMap<>();
    Map<String, ?> settings = Map.of("scenario", "classifier", "seed", seed, "rate", rate);
    try (KeptLoop loop = keep.loop(step, settings)) {
      loop.rounds(
          epochs,
          () -> new double[] {training.update()},
          (epoch, found) -> {
            int k = epoch + 1;
            if (CHECKPOINTS.contains(k)) {
              checkpoints.put(k, found[0]);
              print("Cross-entropy before step", k + ":", found[0]);
            }
          });
      loop.finish();
    }

    double finalCrossEntropy = step.compute(training.batch());
    print("Updated weights Wx:", step.weights().get(training.recurrent().gate().weightIh()));
    print("Updated weights Wh:", step.weights().get(training.recurrent().gate().weightHh()));
    print("Final probabilities:", training.outputProbabilities());
    print("Final cross-entropy:", finalCrossEntropy);
    report
        .value("checkpointCrossEntropies", checkpoints)
        .value("finalProbabilities", training.outputProbabilities())
        .value("finalCrossEntropy", finalCrossEntropy);
  }

  private static Map<String, Tensor> gradients(TrainingStep step) {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    gradients.put("dWx", step.gradient("layers.0.cell.gate.weightIh"));
    gradients.put("dWh", step.gradient("layers.0.cell.gate.weightHh"));
    gradients.put("dB", step.gradient("layers.0.cell.gate.bias"));
    gradients.put("dW_out", step.gradient("layers.1.weight"));
    gradients.put("dB_out", step.gradient("layers.1.bias"));
    return gradients;
  }
}
