package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metric;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Forecasts what households use from what they used, and from what is known of each. */
public final class Households {
  // [block
  /** Reads the days of a household {@code [T, N, 1]}, and then the row of each {@code [N, 2]}. */
  public record Model(Recurrent<GruCell.State> rnn, Dense head) {
    Signal apply(Signal days, Signal rows) {
      Signal read = rnn.last().apply(days);
      return head.apply(read.with(Node.concat(1, read.values(), rows.values())));
    }
  }

  // block]

  private Households() {}

  /** Trains, and judges by households that were not seen. */
  public static void main(String[] args) {
    // [block
    Philox random = new Philox(1);
    Model model = new Model(new Recurrent<>(GruCell.of(1, 8, random)), Dense.of(8 + 2, 1, random));

    TrainingStep step =
        TrainingStep.of(
                model,
                feed -> {
                  Signal next = model.apply(feed.signal("days"), feed.signal("static"));
                  return Outcome.loss(
                          "mse", Losses.meanSquaredError().of(next, feed.target("next")))
                      .output("prediction", next.values());
                })
            .optimizer(Adam.rate(0.01))
            .compile(Precision.FLOAT32);
    for (int update = 0; update < 400; update++) {
      step.run(households(14, 32, random));
    }

    Predictor predictor =
        Predictor.of(
            model,
            feed -> model.apply(feed.signal("days"), feed.signal("static")).values(),
            step.weights());
    Batch unseen = households(14, 100, random);
    Tensor weights = unseen.find(Batch.Role.WEIGHTS, "next").orElseThrow();
    Metric rmse =
        Metrics.rootMeanSquaredError().add(predictor.predict(unseen), unseen.get("next"), weights);
    System.out.printf(
        Locale.ROOT, "RMSE %.2f over a weight of %.1f%n", rmse.value(), rmse.weight());
    // block]
  }

  /** Returns households, of which one in ten has no reading of the next day. */
  private static Batch households(int steps, int count, RandomGenerator random) {
    double[] days = new double[steps * count];
    double[] rows = new double[count * 2];
    double[] next = new double[count];
    double[] weights = new double[count];
    for (int n = 0; n < count; n++) {
      double people = 1 + random.nextInt(4);
      double heating = random.nextInt(2);
      double cold = random.nextDouble();
      for (int t = 0; t < steps; t++) {
        cold += 0.2 * (random.nextDouble() - 0.5);
        days[t * count + n] = 0.5 * people + heating * cold + 0.05 * random.nextGaussian();
      }
      rows[2 * n] = people;
      rows[2 * n + 1] = heating;
      boolean read = random.nextInt(10) > 0;
      next[n] = read ? 0.5 * people + heating * cold : Double.NaN;
      weights[n] = read ? people : 0;
    }
    return batch(
        Tensor.of(Shape.of(steps, count, 1), days),
        Tensor.of(Shape.of(count, 2), rows),
        Tensor.of(Shape.of(count, 1), next),
        Tensor.of(weights));
  }

  private static Batch batch(Tensor days, Tensor rows, Tensor next, Tensor weights) {
    // [block
    return Batch.empty()
        .input("days", days) // [T, N, 1]
        .input("static", rows, Axes.BATCH) // [N, 2], a row for each sequence
        .target("next", next, Axes.BATCH) // [N, 1], NaN where nobody knows
        .weights("next", weights); // [N], and 0 there
    // block]
  }
}
