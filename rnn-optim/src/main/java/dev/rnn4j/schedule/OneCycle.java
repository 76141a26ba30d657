package dev.rnn4j.schedule;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * One cycle: the rate rises from a part of the optimizer's rate to this rate itself, and falls to
 * almost nothing (Smith and Topin, "Super-convergence: very fast training of neural networks using
 * large learning rates", 2018). Over n updates, with the peak at the part r of them, the factor at
 * update u lies
 *
 * <pre>
 * between first and 1,    at (u − 0)/(p − 0),          up to p = r·n − 1
 * between 1 and last,     at (u − p)/(n − 1 − p),      from there on
 * </pre>
 *
 * <p>along half a cosine, or with {@link #alongLines} along straight lines. With {@link
 * #symmetric}, it falls back to {@code first} up to 2·p, and from there to {@code last}. With
 * {@link #momentum}, the optimizer's momentum goes the other way.
 *
 * <pre>{@code
 * Schedule.oneCycle(10_000).momentum(0.85, 0.95)
 * }</pre>
 */
public final class OneCycle implements Schedule {
  /** The way from one value to another. */
  private interface Curve {
    double at(double first, double last, double part);
  }

  private final long updates;
  private final double peak;
  private final double first;
  private final double last;
  private final Curve curve;
  private final boolean symmetric;
  private final double lowMomentum;
  private final double highMomentum;

  private OneCycle(
      long updates,
      double peak,
      double first,
      double last,
      Curve curve,
      boolean symmetric,
      double lowMomentum,
      double highMomentum) {
    this.updates = updates;
    this.peak = peak;
    this.first = first;
    this.last = last;
    this.curve = curve;
    this.symmetric = symmetric;
    this.lowMomentum = lowMomentum;
    this.highMomentum = highMomentum;
    checkArgument(
        !symmetric || peak <= 0.5,
        "a symmetric cycle has its peak in the first half, not at %s",
        peak);
  }

  /** Returns a cycle from 1/25 of the rate to 1 to 1/250,000, with its peak at 0.3. */
  static OneCycle of(long updates) {
    checkArgument(updates > 0, "a cycle needs at least 1 update, not %s", updates);
    double first = 1 / 25.0;
    return new OneCycle(
        updates, 0.3, first, first / 1e4, Schedule::alongCosine, false, Double.NaN, Double.NaN);
  }

  /** Returns this with its peak after another part of the updates, from 0 to 1. */
  public OneCycle peakAt(double part) {
    checkArgument(part >= 0 && part <= 1, "the peak %s is no part from 0 to 1", part);
    return new OneCycle(updates, part, first, last, curve, symmetric, lowMomentum, highMomentum);
  }

  /** Returns this with other factors for the first and the last update. */
  public OneCycle between(double newFirst, double newLast) {
    for (double factor : new double[] {newFirst, newLast}) {
      checkArgument(factor >= 0 && factor <= 1, "the factor %s is not from 0 to 1", factor);
    }
    return new OneCycle(
        updates, peak, newFirst, newLast, curve, symmetric, lowMomentum, highMomentum);
  }

  /** Returns this along straight lines. */
  public OneCycle alongLines() {
    return new OneCycle(
        updates, peak, first, last, Schedule::alongLine, symmetric, lowMomentum, highMomentum);
  }

  /** Returns this with a fall as long as the rise, and a third part from the first to the last. */
  public OneCycle symmetric() {
    return new OneCycle(updates, peak, first, last, curve, true, lowMomentum, highMomentum);
  }

  /** Returns this with a momentum that is {@code low} at the peak, and {@code high} at the ends. */
  public OneCycle momentum(double low, double high) {
    checkArgument(
        low >= 0 && low <= high && high < 1,
        "the momenta %s and %s are not in [0, 1), the lower one first",
        low,
        high);
    return new OneCycle(updates, peak, first, last, curve, symmetric, low, high);
  }

  @Override
  public double factor(long update) {
    return along(update, first, 1, first, last);
  }

  @Override
  public double momentum(long update, double momentum) {
    return Double.isNaN(highMomentum)
        ? momentum
        : along(update, highMomentum, lowMomentum, highMomentum, highMomentum);
  }

  private double along(long update, double begin, double top, double back, double end) {
    double up = peak * updates - 1;
    double down = symmetric ? 2 * peak * updates - 2 : up;
    if (update <= up) {
      return curve.at(begin, top, part(update, 0, up));
    }
    if (update <= down) {
      return curve.at(top, back, part(update, up, down));
    }
    return curve.at(symmetric ? back : top, end, part(update, down, updates - 1.0));
  }

  /** Returns which part of a span has passed, from 0 to 1; of a span without length, all. */
  private static double part(double update, double from, double to) {
    return from < to ? Math.min(1, (update - from) / (to - from)) : 1;
  }
}
