package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ConvolutionCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.RecurrentDropoutCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Pooling;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Residual;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
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

/** Classifies movements in a plane, of different lengths: left round, right round, or straight. */
public final class Gestures {
  private Gestures() {}

  /** Trains, and judges by movements that were not seen. */
  public static void main(String[] args) {
    // [block
    Philox random = new Philox(1);
    Layer classifier =
        Stacked.of(
            new Recurrent<>(ConvolutionCell.of(2, 16, 3, random)),
            Residual.block(new RecurrentDropoutCell<>(GruCell.of(16, 16, random), 0.1), 16, random),
            Pooling.MEAN,
            new Dropout(0.2),
            Dense.of(16, 3, random));

    TrainingStep step =
        TrainingStep.of(classifier, Losses.softmaxCrossEntropyOfIndices().labelSmoothing(0.05))
            .optimizer(Adam.rate(0.01))
            .compile(Precision.FLOAT32);
    for (int update = 0; update < 200; update++) {
      step.run(movements(25, 16, random)); // x [T, N, 2] with lengths, y [N]: the class of each
    }

    Batch unseen = movements(40, 100, random);
    Tensor logits = Predictor.of(classifier, step.weights()).predict(unseen);
    double accuracy = Metrics.accuracy().add(logits, unseen.y()).value();
    System.out.printf(Locale.ROOT, "%.2f of movements%n", accuracy);
    // block]
  }

  /** Returns noisy movements of 8 to T steps. */
  private static Batch movements(int steps, int count, RandomGenerator random) {
    double[] moves = new double[steps * count * 2];
    double[] kinds = new double[count];
    int[] lengths = new int[count];
    for (int n = 0; n < count; n++) {
      kinds[n] = random.nextInt(3);
      lengths[n] = 8 + random.nextInt(steps - 7);
      double angle = 2 * Math.PI * random.nextDouble();
      for (int t = 0; t < lengths[n]; t++) {
        angle += (kinds[n] - 1) * 0.2 + 0.1 * random.nextGaussian();
        moves[(t * count + n) * 2] = Math.cos(angle);
        moves[(t * count + n) * 2 + 1] = Math.sin(angle);
      }
    }
    Tensor x = Tensor.of(Shape.of(steps, count, 2), moves);
    return Batch.of(x, Tensor.of(kinds)).lengths(lengths);
  }
}
