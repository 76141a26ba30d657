package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Bidirectional;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.VariationalDropout;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metric;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Tags each word of sentences of different lengths: does a larger one come right behind it? */
public final class Tagger {
  private Tagger() {}

  /** Trains, and judges by sentences that were not seen. */
  public static void main(String[] args) {
    // [block
    Philox random = new Philox(1);
    Layer tagger =
        Stacked.of(
            Embedding.of(10, 8, random).padding(0),
            new VariationalDropout(0.1),
            Bidirectional.of(LstmCell.of(8, 16, random), LstmCell.of(8, 16, random)),
            Dense.of(32, 2, random));

    TrainingStep step =
        TrainingStep.of(tagger, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.01))
            .clip(Clip.byGlobalNorm(1))
            .compile(Precision.FLOAT32);
    for (int update = 0; update < 300; update++) {
      step.run(sentences(12, 16, random)); // x and y are [T, N]: words, and the tag of each
    }

    Batch unseen = sentences(20, 50, random);
    Tensor logits = Predictor.of(tagger, step.weights()).predict(unseen);
    Metric accuracy = Metrics.accuracy().add(logits, unseen.y(), words(unseen.x()));
    System.out.printf(Locale.ROOT, "%.3f of %.0f tags%n", accuracy.value(), accuracy.weight());
    // block]
  }

  /** Returns sentences of 1 to T words from 1 to 9, filled up with 0. */
  private static Batch sentences(int steps, int count, RandomGenerator random) {
    double[] words = new double[steps * count];
    double[] tags = new double[steps * count];
    for (int n = 0; n < count; n++) {
      int length = 1 + random.nextInt(steps);
      for (int t = 0; t < length; t++) {
        words[t * count + n] = 1 + random.nextInt(9);
        if (t > 0) {
          boolean larger = words[t * count + n] > words[(t - 1) * count + n];
          tags[(t - 1) * count + n] = larger ? 1 : 0;
        }
      }
    }
    Shape shape = Shape.of(steps, count);
    return Batch.of(Tensor.of(shape, words), Tensor.of(shape, tags));
  }

  /** Returns 1 where a word stands. */
  private static Tensor words(Tensor x) {
    double[] mask = x.toDoubles();
    for (int i = 0; i < mask.length; i++) {
      mask[i] = mask[i] == 0 ? 0 : 1;
    }
    return Tensor.of(x.shape(), mask);
  }
}
