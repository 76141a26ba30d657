package dev.rnn4j.examples.reference;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.SoftmaxCrossEntropy;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;

/** Value and gradients of a loss. */
final class LossCase implements Kind {
  @Override
  public void run(Fields fields, Path folder, Differences differences) {
    String name = fields.text("loss");
    if (name.equals("ctc")) {
      CtcCase.run(fields, differences);
      return;
    }
    Fields settings = fields.object("settings");
    Evaluation inputs = new Evaluation(fields.object("inputs"));
    Node value = value(name, settings, inputs);
    Tensor expected = fields.tensor("value");
    inputs.compare("value", expected, value, differences);
    inputs.compareGradients(fields.object("gradients"), value, differences);
  }

  private static Node value(String name, Fields settings, Evaluation inputs) {
    return switch (name) {
      case "mse" -> ofPair(Losses.meanSquaredError(), inputs);
      case "mae" -> ofPair(Losses.meanAbsoluteError(), inputs);
      case "huber" -> ofPair(Losses.huber(settings.number("delta")), inputs);
      case "smoothL1" -> ofPair(Losses.smoothL1(settings.number("beta")), inputs);
      case "quantile" -> ofPair(Losses.quantiles(settings.number("q")), inputs);
      case "poissonNll" -> ofPair(Losses.poisson(), inputs);
      case "gaussianNll" -> gaussian(settings, inputs);
      case "bceWithLogits" -> ofPair(binary(settings, inputs), inputs);
      case "crossEntropy" -> crossEntropy(settings, inputs);
      case "klDivergence" -> {
        settings.require("reduction", "batchmean");
        yield Losses.klDivergence().of(inputs.prediction("z"), inputs.input("p")).mean();
      }
      default -> throw new BadCaseException("there is no loss " + name);
    };
  }

  private static Node ofPair(Loss loss, Evaluation inputs) {
    return loss.of(inputs.prediction("x"), inputs.prediction("y")).mean();
  }

  private static Node gaussian(Fields settings, Evaluation inputs) {
    boolean full = settings.flag("full", false);
    Input x = inputs.prediction("x");
    Input variance = inputs.prediction(settings.text("varianceInput"));
    Loss loss = Losses.gaussian(settings.number("eps"));
    Node whole = loss.of(Node.concat(-1, x, variance), inputs.prediction("y")).mean();
    return full ? whole : whole.minus(0.5 * StrictMath.log(2 * Math.PI));
  }

  private static Loss binary(Fields settings, Evaluation inputs) {
    return settings.has("positiveWeightInput")
        ? Losses.binaryCrossEntropy(inputs.numbers(settings.text("positiveWeightInput")))
        : Losses.binaryCrossEntropy();
  }

  private static Node crossEntropy(Fields settings, Evaluation inputs) {
    boolean probabilities = settings.flag("probabilityTargets", false);
    SoftmaxCrossEntropy loss =
        (probabilities ? Losses.softmaxCrossEntropy() : Losses.softmaxCrossEntropyOfIndices())
            .labelSmoothing(settings.number("labelSmoothing", 0));
    if (settings.has("classWeightInput")) {
      loss = loss.classWeights(inputs.numbers(settings.text("classWeightInput")));
    }
    if (settings.has("ignoreIndex")) {
      loss = loss.ignoring(settings.whole("ignoreIndex"));
    }
    LossSum sum = loss.of(inputs.prediction("z"), inputs.input(probabilities ? "p" : "i"));
    return sum.mean();
  }
}
