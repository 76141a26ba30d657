package dev.rnn4j.examples.compared;

import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.tensor.Tensor;

/** A task of numbers, whose score is the mean square of the errors. */
abstract class NumberTask implements SequenceTask {
  @Override
  public Loss loss() {
    return Losses.meanSquaredError();
  }

  @Override
  public double score(Tensor prediction, Batch test) {
    double root = Metrics.rootMeanSquaredError().add(prediction, test.y()).value();
    return root * root;
  }
}
