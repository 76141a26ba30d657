package dev.rnn4j.examples.reference;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.loss.Ctc;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;

/** The cost of each sequence by CTC, and the gradient of their sum. */
final class CtcCase {
  private CtcCase() {}

  static void run(Fields fields, Differences differences) {
    Fields settings = fields.object("settings");
    settings.require("reduction", "none");
    Evaluation inputs = new Evaluation(fields.object("inputs"));
    Input z = inputs.prediction("z");
    if (z.shape().rank() != 3) {
      throw new BadCaseException("logits are [T, N, C], and z is " + z.shape());
    }
    Ctc loss = Losses.ctc().blank(settings.whole("blank"));
    loss = settings.flag("zeroInfinity") ? loss.zeroImpossible() : loss;
    Signal logits =
        Signal.of(z).masked(Node.constant(Lists.mask(settings.vector("inputLengths"), z.size(0))));
    Target labels =
        Target.of(
            Node.constant(labels(settings.tensor("targets"), settings.vector("targetLengths"))));

    Tensor expected = fields.vector("value");
    for (int n = 0; n < z.size(1); n++) {
      LossSum own = loss.of(logits, labels.weighted(Node.constant(unit(z.size(1), n))));
      inputs.compare(
          "value[" + n + "]", Lists.element("value", expected, n), own.sum(), differences);
    }
    Lists.requireLength("value", expected, z.size(1));
    inputs.compareGradients(fields.object("gradients"), loss.of(logits, labels).sum(), differences);
  }

  /** Returns labels {@code [N, S]} as {@code [S, N]}, with −1 beyond their lengths. */
  private static Tensor labels(Tensor rows, Tensor lengths) {
    if (rows.shape().rank() != 2) {
      throw new BadCaseException("targets are [N, S], not " + rows.shape());
    }
    int batchSize = rows.shape().size(0);
    int most = rows.shape().size(1);
    Lists.requireLength("targetLengths", lengths, batchSize);
    double[] labels = new double[most * batchSize];
    for (int i = 0; i < labels.length; i++) {
      int n = i % batchSize;
      double length = lengths.at(n);
      if (length != Math.rint(length) || length < 0 || length > most) {
        throw new BadCaseException("the target length " + length + " is not from 0 to " + most);
      }
      labels[i] = i / batchSize < length ? rows.get(n, i / batchSize) : -1;
    }
    return Tensor.of(Shape.of(most, batchSize), labels);
  }

  private static Tensor unit(int size, int one) {
    double[] unit = new double[size];
    unit[one] = 1;
    return Tensor.of(unit);
  }
}
