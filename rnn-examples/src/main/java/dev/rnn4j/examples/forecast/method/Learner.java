package dev.rnn4j.examples.forecast.method;

import dev.rnn4j.batch.Batches;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.network.Network;
import dev.rnn4j.forecast.internal.network.NetworkForecasts;
import dev.rnn4j.forecast.internal.network.Size;
import dev.rnn4j.forecast.internal.quantile.Band;
import dev.rnn4j.forecast.internal.quantile.Bands;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.io.Batch;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import dev.rnn4j.window.Windows;
import java.util.Arrays;
import java.util.Map;

/** A network that is fitted to one part after another, each time from the same beginning. */
public final class Learner {
  private static final int BATCH = 256;
  private static final int SMALLEST_BATCH = 16;
  private static final int UPDATES = 4;

  private final Network network;
  private final double ridge;
  private final long seed;
  private final int batchSize;
  private final TrainingStep step;
  private final Predictor predictor;
  private final Map<String, Tensor> beginning;
  private Batches batches;

  /**
   * Draws a network.
   *
   * @param train how many windows the smallest part has to learn from
   */
  public Learner(Size size, double rate, double ridge, long seed, Precision precision, int train) {
    this.ridge = ridge;
    this.seed = seed;
    this.network = Network.draw(size, new NumpyRandom(seed));
    // In a short table, smaller batches: an epoch needs its updates.
    this.batchSize = Math.min(train, Math.max(SMALLEST_BATCH, Math.min(BATCH, train / UPDATES)));
    this.step =
        TrainingStep.of(
                network,
                feed ->
                    Outcome.loss(
                        TrainingStep.LOSS,
                        network.loss().of(network.beside(feed.signal("x")), feed.target("y"))))
            .optimizer(Adam.rate(rate), network.members())
            .compile(precision);
    this.predictor = Predictor.of(network, step.weights());
    this.beginning = step.checkpoint();
  }

  /** Begins anew: the linear model is fitted, and the networks add the quantiles of its errors. */
  public void begin(Part part) {
    step.restore(beginning);
    LinearModel linear = LinearModel.fit(part.train(), ridge);
    double[][] rest = linear.residuals(part.train());
    double[] spread = Arrays.stream(rest).mapToDouble(LinearModel::size).toArray();
    double[] bias = new double[Network.HEADS * spread.length];
    for (int output = 0; output < spread.length; output++) {
      double[] sorted = DoubleArrays.sorted(rest[output]);
      double unit = spread[output];
      bias[spread.length + output] = DoubleArrays.quantile(sorted, Band.LOW) / unit;
      bias[2 * spread.length + output] = DoubleArrays.quantile(sorted, Band.MIDDLE) / unit;
      bias[3 * spread.length + output] = DoubleArrays.quantile(sorted, Band.HIGH) / unit;
    }
    Weights weights = step.weights();
    weights.set(network.linear(), linear.weight());
    weights.set(network.constant(), linear.constant());
    weights.set(network.spread(), Tensor.of(spread));
    network.members().forEach(one -> weights.set(one.readout().bias(), Tensor.of(bias)));
    batches =
        Batches.of(part.train(), batchSize).shuffled(new NumpyRandom(seed)).as(weights.precision());
  }

  /** Returns the batches of an epoch, in a new order; the rest that makes none is left out. */
  public Iterable<Batch> epoch() {
    return () -> batches.stream().limit(batches.examples() / batchSize).iterator();
  }

  /** Returns what the order of the batches is drawn from. */
  public Resumable order() {
    return batches;
  }

  /** Learns from all batches once. */
  public void learn() {
    epoch().forEach(step::run);
  }

  /** Returns what is forecast for each window. */
  public Bands forecast(Part part, Windows windows) {
    return NetworkForecasts.of(predictor, part.scaling(), part.table(), windows);
  }

  public TrainingStep step() {
    return step;
  }

  public Network network() {
    return network;
  }

  /** Returns the parameters as they are now. */
  public Map<String, Tensor> values() {
    return step.weights().values(network);
  }

  /** Sets the parameters to what they were once. */
  public void set(Map<String, Tensor> values) {
    step.weights().setAll(network, values);
  }
}
