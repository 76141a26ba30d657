package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The learning-rate range test (Smith, "Cyclical learning rates for training neural networks",
 * 2017): the rate rises from update to update, each time by the same factor, and the loss says
 * which rates train and from where on they destroy.
 *
 * <pre>{@code
 * RateRange range = RateRange.test(step, batches, 1e-5, 1, 100);
 * System.out.println(range); // trains best at 0.013; falls from 0.0008, rises from 0.3
 * }</pre>
 *
 * @param points a point for each update, up to the one where the loss is beyond all hope
 */
public record RateRange(List<Point> points) {
  /** The mean over the losses before falls by this factor with each update. */
  private static final double KEPT = 0.9;

  /** Where the mean is so many times the lowest one, the test ends. */
  private static final double HOPELESS = 4;

  /**
   * One update.
   *
   * @param rate the learning rate of parameters that have none of their own
   * @param loss the loss on its batch, before it
   * @param smoothed the mean over this loss and those before, which count less and less
   */
  public record Point(double rate, double loss, double smoothed) {}

  /** Creates the result from a copy of the list. */
  public RateRange {
    points = ImmutableList.copyOf(points);
  }

  /**
   * Tests a range of rates. The schedule has no say meanwhile; rates of their own that parts of the
   * model have rise with the others. At the end the step is as it was before.
   *
   * @param data batches; they begin anew where there are fewer than updates
   * @param updates how many there are at most, from 2 up
   */
  public static RateRange test(
      TrainingStep step, Iterable<Batch> data, double lowest, double highest, int updates) {
    checkNotNull(step, "a test of rates was given null as its training step");
    checkNotNull(data, "a test of rates was given null as its batches");
    checkArgument(
        lowest > 0 && highest > lowest && highest < Double.POSITIVE_INFINITY,
        "rates rise from one above 0 to a higher one, not from %s to %s",
        lowest,
        highest);
    checkArgument(updates >= 2, "a range is not tested by %s updates", updates);
    checkArgument(
        step.engine.settings().rate() > 0,
        "the optimizer has the rate 0, and none that could rise: give it one above 0");
    Map<String, Tensor> before = step.checkpoint();
    try {
      return new RateRange(run(step, data, lowest, highest, updates));
    } finally {
      step.engine.holdRate(Double.NaN);
      step.restore(before);
    }
  }

  private static List<Point> run(
      TrainingStep step, Iterable<Batch> data, double lowest, double highest, int updates) {
    List<Point> points = new ArrayList<>();
    Iterator<Batch> batches = data.iterator();
    double sum = 0;
    double weight = 0;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < updates; i++) {
      batches = batches.hasNext() ? batches : data.iterator();
      checkArgument(batches.hasNext(), "there are no batches to test rates with");
      double rate = lowest * Math.pow(highest / lowest, (double) i / (updates - 1));
      step.engine.holdRate(rate);
      double loss = step.run(batches.next());
      if (!Double.isFinite(loss)) {
        break;
      }
      if (!step.engine.counts()) {
        continue; // nothing counts in this batch, and its loss of 0 tells nothing
      }
      sum = KEPT * sum + (1 - KEPT) * loss;
      weight = KEPT * weight + (1 - KEPT);
      double smoothed = sum / weight;
      points.add(new Point(rate, loss, smoothed));
      best = Math.min(best, smoothed);
      if (smoothed - best > (HOPELESS - 1) * Math.abs(best)) {
        break;
      }
    }
    return points;
  }

  /**
   * Returns a rate to begin with: where the smoothed loss falls most steeply over the logarithm of
   * the rate, before it is lowest. NaN where it never falls.
   */
  public double suggestion() {
    int lowest = lowest();
    double steepest = 0;
    double rate = Double.NaN;
    for (int i = 1; i <= lowest; i++) {
      double fall = points.get(i - 1).smoothed - points.get(i).smoothed;
      if (fall > steepest) {
        steepest = fall;
        rate = points.get(i).rate;
      }
    }
    return rate;
  }

  /** Returns the rate at which the smoothed loss was lowest: higher ones do harm. */
  public double limit() {
    return points.isEmpty() ? Double.NaN : points.get(lowest()).rate;
  }

  private int lowest() {
    int lowest = 0;
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).smoothed < points.get(lowest).smoothed) {
        lowest = i;
      }
    }
    return lowest;
  }

  /** Returns what was found, in a sentence. */
  @Override
  public String toString() {
    return Double.isNaN(suggestion())
        ? "the loss falls at none of these rates: try lower ones"
        : String.format(
            Locale.ROOT,
            "the loss falls most steeply at a rate of %.2g, and no further from %.2g on",
            suggestion(),
            limit());
  }
}
